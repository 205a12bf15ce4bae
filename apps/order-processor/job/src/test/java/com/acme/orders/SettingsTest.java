package com.acme.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String[] ALL = {
        "--user=flink-app",
        "--read.orders.topic=shop.orders",
        "--read.orders.group=order-processor-group",
        "--read.orders.partitions=10",
        "--write.order-totals.topic=order-totals",
        "--write.order-totals.guarantee=exactly-once",
        "--write.order-totals.transactional-id-prefix=orders.order-processor.order-totals",
    };

    @Test
    void readsWhatMillraceWrites() {
        Settings settings = Settings.parse(ALL);

        assertThat(settings.user()).isEqualTo("flink-app");
        assertThat(settings.credentials()).isEqualTo(Path.of("/opt/millrace/credentials"));
        assertThat(settings.read("orders"))
                .isEqualTo(new Settings.Read("orders", "flink-app", "shop.orders", "order-processor-group", OptionalInt.of(10)));
        assertThat(settings.write("order-totals"))
                .isEqualTo(new Settings.Write(
                        "order-totals",
                        "flink-app",
                        "order-totals",
                        DeliveryGuarantee.EXACTLY_ONCE,
                        Optional.of("orders.order-processor.order-totals")));
        assertThat(settings.own()).isEmpty();
    }

    @Test
    void takesSeveralInputsAndOutputsAndNamesWithDots() {
        Settings settings = Settings.parse(with(
                "--read.eu.orders.v2.topic=t",
                "--read.eu.orders.v2.group=g",
                "--read.eu.orders.v2.partitions=3",
                "--write.audit.topic=a",
                "--write.audit.guarantee=at-least-once"));

        assertThat(settings.reads()).containsOnlyKeys("orders", "eu.orders.v2");
        assertThat(settings.read("eu.orders.v2").partitions()).hasValue(3);
        assertThat(settings.writes()).containsOnlyKeys("order-totals", "audit");
        assertThat(settings.write("audit").transactionalIdPrefix()).isEmpty();
    }

    /** Millrace leaves them out for topics of other pipelines and external ones. */
    @Test
    void takesAnInputWhosePartitionsAreNotGiven() {
        Settings settings = Settings.parse(without("--read.orders.partitions="));

        assertThat(settings.read("orders"))
                .isEqualTo(new Settings.Read("orders", "flink-app", "shop.orders", "order-processor-group", OptionalInt.empty()));
    }

    /** A topic in another Kafka cluster is read or written as a user of that one. */
    @Test
    void takesAUserForOneTopic() {
        Settings settings = Settings.parse(with("--read.orders.user=legacy-app"));

        assertThat(settings.read("orders").user()).isEqualTo("legacy-app");
        assertThat(settings.write("order-totals").user()).isEqualTo("flink-app");
        assertThatThrownBy(() -> Settings.parse(with("--read.orders.user=../root")))
                .hasMessageStartingWith("--read.orders.user: expected the name of a KafkaUser");
    }

    @Test
    void takesAJobThatOnlyReadsOrOnlyWrites() {
        assertThat(Settings.parse(new String[] {"--user=u"}).reads()).isEmpty();
        assertThat(Settings.parse(new String[] {"--user=u"}).writes()).isEmpty();
    }

    @Test
    void takesTheJobsOwnArgumentsIfTheyAreNamed() {
        String[] args = with("--window=5 min = 300 s");

        assertThat(Settings.parse(args, "window", "lateness").own("window")).contains("5 min = 300 s");
        assertThat(Settings.parse(args, "window", "lateness").own("lateness")).isEmpty();
        assertThatThrownBy(() -> Settings.parse(args)).hasMessageStartingWith("--window: expected only user,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --user=                            | --user: expected a value, got nothing
            --user=../root                     | --user: expected the name of a KafkaUser (lower case letters, digits, '-' and '.'), got "../root"
            --credentials=                     | --credentials: expected a value, got nothing
            --read.orders.topic=               | --read.orders.topic: expected a value, got nothing
            --read.orders.partitions=          | --read.orders.partitions: expected a value, got nothing
            --read.orders.partitions=0         | --read.orders.partitions: expected a whole number of at least 1, got "0"
            --read.orders.partitions=ten       | --read.orders.partitions: expected a whole number of at least 1, got "ten"
            --read.orders.grop=g               | --read.orders.grop: expected --read.<name>.<field> with one of the fields [topic, group, partitions, user]
            --read.topic=t                     | --read.topic: expected --read.<name>.<field> with one of the fields [topic, group, partitions, user]
            --write.order-totals.guarantee=eos | --write.order-totals.guarantee: expected exactly-once, at-least-once or none, got "eos"
            --write.order-totals.guarantee=none | --write.order-totals.transactional-id-prefix: expected only with guarantee exactly-once, got it with none
            --write.more.topic=t               | --write.more.guarantee is missing: expected exactly-once, at-least-once or none
            --read.more.partitions=3           | --read.more.topic is missing: expected the topic's name in Kafka
            --read.more.topic=t                | --read.more.group is missing: expected a consumer group
            --usr=flink-app                    | --usr: expected only user, credentials, read.…, write.… and the job's own []
            """)
    void namesTheArgumentAndWhatItExpected(String argument, String message) {
        assertThatThrownBy(() -> Settings.parse(with(argument)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --user=             | --user is missing: expected the name of a KafkaUser
            --read.orders.group= | --read.orders.group is missing: expected a consumer group
            --write.order-totals.transactional-id-prefix= | --write.order-totals.transactional-id-prefix is missing: expected a prefix that no other job on this Kafka cluster uses
            """)
    void namesWhatIsMissing(String argument, String message) {
        assertThatThrownBy(() -> Settings.parse(without(argument))).hasMessage(message);
    }

    @Test
    void refusesAnArgumentThatIsGivenTwice() {
        assertThatThrownBy(() -> Settings.parse(new String[] {"--user=a", "--user=b"}))
                .hasMessage("--user: expected once, got it twice");
    }

    @Test
    void refusesWhatIsNoArgumentWithoutRepeatingIt() {
        assertThatThrownBy(() -> Settings.parse(new String[] {"--user=a", "s3cret"}))
                .hasMessage("argument 2: expected --key=value in one piece");
    }

    @Test
    void saysWhichTopicPipelineYamlHasToList() {
        Settings settings = Settings.parse(ALL);

        assertThatThrownBy(() -> settings.read("payments"))
                .hasMessage(
                        "--read.payments.topic is missing: the job reads \"payments\", so pipeline.yaml has to list it"
                                + " under the job's reads, not only [orders]");
        assertThatThrownBy(() -> settings.write("orders"))
                .hasMessageContaining("under the job's writes, not only [order-totals]");
    }

    /** The arguments, this one in the place of that with the same key. */
    private static String[] with(String... more) {
        return Stream.concat(
                        Stream.of(ALL).filter(given -> Stream.of(more).noneMatch(one -> key(one).equals(key(given)))),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static String[] without(String argument) {
        return Stream.of(ALL).filter(given -> !key(given).equals(key(argument))).toArray(String[]::new);
    }

    private static String key(String argument) {
        return argument.substring(0, argument.indexOf('='));
    }
}
