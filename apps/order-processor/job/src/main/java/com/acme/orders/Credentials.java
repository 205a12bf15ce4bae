package com.acme.orders;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * The Kafka client configuration of a user, from the folder that the deployment mounts into JobManager and
 * TaskManagers: {@code <user>.properties}, and {@code <user>.ca.crt} where the cluster has a certificate authority of
 * its own.
 *
 * <p><b>Where it is read.</b> {@code main} runs once, on the JobManager, and whatever it gives a source or a sink
 * becomes part of the job graph: sent to every TaskManager and, with high availability, kept in object storage for as
 * long as the job lives. A password has no business there. So what goes into the graph is a reference,
 * {@code ${file:/path:key}}, and Kafka's own {@link FileConfigProvider} looks it up when a client is made: consumers
 * and producers on the TaskManagers, admin clients on the JobManager.
 *
 * <p><b>Rotation.</b> A client keeps what it read when it was made. A job whose password or certificate authority has
 * changed goes on until a broker asks it to log in again, then fails; the restart makes new clients from the files as
 * they are by then. To have that happen at a time of your choosing, raise the job's {@code restartNonce}. Were the
 * values in the graph, a restart from a checkpoint would use the old ones for ever.
 *
 * <p>Nothing here logs a value or puts one into an exception.
 */
final class Credentials {

    private static final String PROVIDER = "file";

    private Credentials() {}

    static Properties clientProperties(Path folder, String user) {
        Path file = folder.resolve(user + ".properties");
        Properties values = load(file);

        String bootstrapServers = values.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        if (bootstrapServers == null || bootstrapServers.isBlank()) {
            throw new IllegalStateException(file + " has no bootstrap.servers");
        }

        Properties references = new Properties();
        for (String key : values.stringPropertyNames()) {
            references.setProperty(key, "${%s:%s:%s}".formatted(PROVIDER, file, key));
        }
        references.setProperty(AbstractConfig.CONFIG_PROVIDERS_CONFIG, PROVIDER);
        references.setProperty(
                AbstractConfig.CONFIG_PROVIDERS_CONFIG + "." + PROVIDER + ".class", FileConfigProvider.class.getName());

        // No secrets, and read before a client is made: the name of the cluster in Flink's lineage, and a time.
        references.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        String timeout = values.getProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        if (timeout != null) {
            references.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, timeout);
        }

        Path authority = folder.resolve(user + ".ca.crt");
        if (Files.exists(authority)) {
            references.setProperty(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, authority.toString());
        }
        return references;
    }

    private static Properties load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(file
                    + " does not exist: expected the Kafka client configuration of --user in the folder --credentials");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            // Without its cause: that one has read the file, and may say what is in it.
            throw new IllegalStateException(
                    file + " cannot be read as properties (" + e.getClass().getSimpleName() + ")");
        }
        return properties;
    }
}
