package com.acme.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

    private static final String SECRET = "s3cret";

    @TempDir
    Path folder;

    @BeforeEach
    void mount() throws IOException {
        write(folder, SECRET);
    }

    /** What the deployment mounts for {@code flink-app}. */
    static void write(Path folder, String password) throws IOException {
        Files.writeString(
                folder.resolve("flink-app.properties"),
                """
                bootstrap.servers=kafka-cluster-kafka-bootstrap.kafka:9093
                security.protocol=SASL_SSL
                sasl.mechanism=SCRAM-SHA-512
                sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="flink-app" password="%s";
                ssl.truststore.type=PEM
                transaction.timeout.ms=3600000
                """
                        .formatted(password));
        Files.writeString(folder.resolve("flink-app.ca.crt"), "-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void aClientGetsTheValues() {
        AdminClientConfig client = new AdminClientConfig(Credentials.clientProperties(folder, "flink-app"));

        assertThat(client.getString("security.protocol")).isEqualTo("SASL_SSL");
        assertThat(client.getString("sasl.mechanism")).isEqualTo("SCRAM-SHA-512");
        assertThat(client.getString("ssl.truststore.type")).isEqualTo("PEM");
        assertThat(client.getString("ssl.truststore.location"))
                .isEqualTo(folder.resolve("flink-app.ca.crt").toString());
        assertThat(client.getPassword("sasl.jaas.config").value())
                .isEqualTo("org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"flink-app\" password=\"s3cret\";");
    }

    @Test
    void theJobGraphGetsReferences() {
        Properties properties = Credentials.clientProperties(folder, "flink-app");

        assertThat(properties.toString()).doesNotContain(SECRET);
        assertThat(properties)
                .containsEntry("sasl.jaas.config", "${file:" + folder + "/flink-app.properties:sasl.jaas.config}")
                .containsEntry("bootstrap.servers", "kafka-cluster-kafka-bootstrap.kafka:9093")
                .containsEntry("transaction.timeout.ms", "3600000");
    }

    @Test
    void aClientThatIsMadeAfterARotationGetsTheNewPassword() throws IOException {
        Properties properties = Credentials.clientProperties(folder, "flink-app");

        write(folder, "rotated");

        assertThat(new AdminClientConfig(properties)
                        .getPassword("sasl.jaas.config")
                        .value())
                .contains("password=\"rotated\"");
    }

    @Test
    void aPublicAuthorityNeedsNoTruststore() throws IOException {
        Files.delete(folder.resolve("flink-app.ca.crt"));

        assertThat(Credentials.clientProperties(folder, "flink-app")).doesNotContainKey("ssl.truststore.location");
    }

    @Test
    void namesTheFileThatIsMissing() {
        assertThatThrownBy(() -> Credentials.clientProperties(folder, "nobody"))
                .hasMessage(
                        folder + "/nobody.properties does not exist: expected the Kafka client configuration of --user"
                                + " in the folder --credentials");
    }

    @Test
    void neverPutsAValueIntoAnException() throws IOException {
        Path file = folder.resolve("flink-app.properties");

        Files.writeString(file, "sasl.jaas.config=" + SECRET);
        assertThatThrownBy(() -> Credentials.clientProperties(folder, "flink-app"))
                .hasMessage(file + " has no bootstrap.servers")
                .hasStackTraceContaining("Credentials");

        Files.writeString(file, "sasl.jaas.config=" + SECRET + "\\u00zz");
        assertThatThrownBy(() -> Credentials.clientProperties(folder, "flink-app"))
                .hasMessage(file + " cannot be read as properties (IllegalArgumentException)")
                .hasNoCause()
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));

        Files.write(file, ("sasl.jaas.config=" + SECRET + "\u00ff").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Credentials.clientProperties(folder, "flink-app"))
                .hasMessage(file + " cannot be read as properties (MalformedInputException)")
                .hasNoCause();
    }
}
