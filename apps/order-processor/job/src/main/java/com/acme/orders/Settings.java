package com.acme.orders;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * What the deployment tells the job: its arguments, which Millrace writes from pipeline.yaml.
 *
 * <pre>
 * --user=flink-app
 * --credentials=/opt/millrace/credentials                 (the default)
 * --read.&lt;name&gt;.topic=…  --read.&lt;name&gt;.group=…
 * --read.&lt;name&gt;.partitions=…                           (for the pipeline's own topics)
 * --read.&lt;name&gt;.user=…  --write.&lt;name&gt;.user=…           (for topics of another Kafka cluster)
 * --write.&lt;name&gt;.topic=…  --write.&lt;name&gt;.guarantee=exactly-once|at-least-once|none
 * --write.&lt;name&gt;.transactional-id-prefix=…                 (with exactly-once, and only then)
 * </pre>
 *
 * <p>{@code <name>} is the topic's name in pipeline.yaml; it may have dots. Arguments of the job's own are named to
 * {@link #parse} and read with {@link #own}. Anything else is refused: a mistyped argument must not become a default.
 * Arguments are for everybody to read (they are in git, in the custom resource and in Flink's web interface), so a
 * secret never is one.
 *
 * @param reads by name; empty if the pipeline only writes
 * @param writes by name; empty if the pipeline only reads
 * @param own the job's own arguments, those that were given
 */
public record Settings(
        String user, Path credentials, Map<String, Read> reads, Map<String, Write> writes, Map<String, String> own) {

    /**
     * An input.
     *
     * @param user as whom it is read: the job's user, or one of the cluster that has the topic
     * @param partitions how many the pipeline declares, which is as many as the source has work for; empty for a topic
     *     of another pipeline or an external one, where the number may change without this pipeline's knowledge
     */
    public record Read(String name, String user, String topic, String group, OptionalInt partitions) {}

    /** An output. The prefix is there exactly if the guarantee is {@link DeliveryGuarantee#EXACTLY_ONCE}. */
    public record Write(
            String name,
            String user,
            String topic,
            DeliveryGuarantee guarantee,
            Optional<String> transactionalIdPrefix) {}

    private static final String CREDENTIALS = "/opt/millrace/credentials";
    private static final List<String> READ = List.of("topic", "group", "partitions", "user");
    private static final List<String> WRITE = List.of("topic", "guarantee", "transactional-id-prefix", "user");

    /** The user names files of the credentials folder, so it has to look like one: the name of a KafkaUser resource. */
    private static final Pattern USER = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");

    public Settings {
        reads = Map.copyOf(reads);
        writes = Map.copyOf(writes);
        own = Map.copyOf(own);
    }

    /**
     * @param args as Flink hands them to {@code main}
     * @param own names of the job's own arguments, without {@code --}; all are optional here
     * @throws IllegalArgumentException naming the argument and what was expected of it
     */
    public static Settings parse(String[] args, String... own) {
        Arguments arguments = Arguments.split(args);

        String user = user("user", arguments.take("user", "the name of a KafkaUser"));
        Path credentials = Path.of(arguments.takeIfGiven("credentials").orElse(CREDENTIALS))
                .toAbsolutePath()
                .normalize();

        Map<String, Read> reads = new TreeMap<>();
        for (String name : arguments.names("read", READ)) {
            reads.put(name, read(arguments, name, user));
        }
        Map<String, Write> writes = new TreeMap<>();
        for (String name : arguments.names("write", WRITE)) {
            writes.put(name, write(arguments, name, user));
        }
        Map<String, String> others = new TreeMap<>();
        for (String name : own) {
            arguments.takeIfGiven(name).ifPresent(value -> others.put(name, value));
        }
        arguments.refuseTheRest(own);
        return new Settings(user, credentials, reads, writes, others);
    }

    public Read read(String name) {
        return declared("read", name, "reads", reads);
    }

    public Write write(String name) {
        return declared("write", name, "writes", writes);
    }

    public Optional<String> own(String name) {
        return Optional.ofNullable(own.get(name));
    }

    private static <T> T declared(String kind, String name, String key, Map<String, T> all) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    ("--%s.%s.topic is missing: the job %s \"%s\", so pipeline.yaml has to list it under the job's %s,"
                                    + " not only %s")
                            .formatted(kind, name, key, name, key, new TreeSet<>(all.keySet())));
        }
        return found;
    }

    private static String user(String key, String value) {
        if (!USER.matcher(value).matches()) {
            throw expected(key, "the name of a KafkaUser (lower case letters, digits, '-' and '.')", value);
        }
        return value;
    }

    private static String userOf(Arguments arguments, String prefix, String user) {
        return arguments
                .takeIfGiven(prefix + "user")
                .map(value -> user(prefix + "user", value))
                .orElse(user);
    }

    private static Read read(Arguments arguments, String name, String user) {
        String prefix = "read." + name + ".";
        String topic = arguments.take(prefix + "topic", "the topic's name in Kafka");
        String group = arguments.take(prefix + "group", "a consumer group");
        OptionalInt partitions = arguments
                .takeIfGiven(prefix + "partitions")
                .map(value -> OptionalInt.of(positive(prefix + "partitions", value)))
                .orElse(OptionalInt.empty());
        return new Read(name, userOf(arguments, prefix, user), topic, group, partitions);
    }

    private static Write write(Arguments arguments, String name, String user) {
        String prefix = "write." + name + ".";
        String topic = arguments.take(prefix + "topic", "the topic's name in Kafka");
        DeliveryGuarantee guarantee = guarantee(
                prefix + "guarantee", arguments.take(prefix + "guarantee", "exactly-once, at-least-once or none"));
        Optional<String> transactionalIdPrefix = arguments.takeIfGiven(prefix + "transactional-id-prefix");
        boolean exactlyOnce = guarantee == DeliveryGuarantee.EXACTLY_ONCE;
        if (exactlyOnce && transactionalIdPrefix.isEmpty()) {
            throw missing(prefix + "transactional-id-prefix", "a prefix that no other job on this Kafka cluster uses");
        }
        if (!exactlyOnce && transactionalIdPrefix.isPresent()) {
            throw new IllegalArgumentException(
                    "--%stransactional-id-prefix: expected only with guarantee exactly-once, got it with %s"
                            .formatted(prefix, guarantee));
        }
        return new Write(name, userOf(arguments, prefix, user), topic, guarantee, transactionalIdPrefix);
    }

    private static int positive(String key, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message below says all that this one does.
        }
        throw expected(key, "a whole number of at least 1", value);
    }

    private static DeliveryGuarantee guarantee(String key, String value) {
        return switch (value) {
            case "exactly-once" -> DeliveryGuarantee.EXACTLY_ONCE;
            case "at-least-once" -> DeliveryGuarantee.AT_LEAST_ONCE;
            case "none" -> DeliveryGuarantee.NONE;
            default -> throw expected(key, "exactly-once, at-least-once or none", value);
        };
    }

    private static IllegalArgumentException expected(String key, String what, String value) {
        return new IllegalArgumentException("--%s: expected %s, got \"%s\"".formatted(key, what, value));
    }

    private static IllegalArgumentException missing(String key, String what) {
        return new IllegalArgumentException("--%s is missing: expected %s".formatted(key, what));
    }

    /** The arguments that nobody has taken yet. */
    private record Arguments(Map<String, String> left) {

        static Arguments split(String[] args) {
            Map<String, String> split = new LinkedHashMap<>();
            for (int i = 0; i < args.length; i++) {
                int equals = args[i].indexOf('=');
                if (!args[i].startsWith("--") || equals < 3) {
                    // Not its text, which may be the value of the argument before.
                    throw new IllegalArgumentException(
                            "argument %d: expected --key=value in one piece".formatted(i + 1));
                }
                String key = args[i].substring(2, equals);
                if (split.put(key, args[i].substring(equals + 1)) != null) {
                    throw new IllegalArgumentException("--%s: expected once, got it twice".formatted(key));
                }
            }
            return new Arguments(split);
        }

        String take(String key, String what) {
            return takeIfGiven(key).orElseThrow(() -> missing(key, what));
        }

        Optional<String> takeIfGiven(String key) {
            String value = left.remove(key);
            if (value != null && value.isBlank()) {
                throw new IllegalArgumentException("--%s: expected a value, got nothing".formatted(key));
            }
            return Optional.ofNullable(value);
        }

        /** The names in {@code --<kind>.<name>.<field>}: all between the first dot and the last. */
        Set<String> names(String kind, List<String> fields) {
            Set<String> names = new TreeSet<>();
            for (String key : left.keySet()) {
                if (key.startsWith(kind + ".")) {
                    int start = kind.length() + 1;
                    int end = key.lastIndexOf('.');
                    if (end <= start || !fields.contains(key.substring(end + 1))) {
                        throw new IllegalArgumentException(
                                "--%s: expected --%s.<name>.<field> with one of the fields %s"
                                        .formatted(key, kind, fields));
                    }
                    names.add(key.substring(start, end));
                }
            }
            return names;
        }

        void refuseTheRest(String... own) {
            left.keySet().stream().findFirst().ifPresent(key -> {
                throw new IllegalArgumentException(
                        "--%s: expected only user, credentials, read.…, write.… and the job's own %s"
                                .formatted(key, List.of(own)));
            });
        }
    }
}
