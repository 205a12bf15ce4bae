package com.acme.orders;

import static com.acme.orders.OrderProcessor.INPUT;
import static com.acme.orders.OrderProcessor.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The graph as it is sent to the cluster, built with the settings that every deployment has. */
class OrderProcessorTest {

    private static final String TEN_PARTITIONS = "--read." + INPUT + ".partitions=10";

    @TempDir
    Path credentials;

    @BeforeEach
    void mount() throws IOException {
        CredentialsTest.write(credentials, "s3cret");
    }

    @Test
    void everyOperatorHasAUidOfItsOwn() {
        assertThat(graph(4, "exactly-once").getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "read-" + INPUT, "parse", "sum", "write-" + OUTPUT, "Sink Committer: write-" + OUTPUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once", "none"})
    void takesEveryGuaranteeWithoutGeneratedUidsOrGenericTypes(String guarantee) {
        assertThat(graph(4, guarantee).getJobGraph().getVertices()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "10, 10", "20, 10"})
    void noMoreSourcesThanPartitions(int parallelism, int sources) {
        assertThat(parallelisms(graph(parallelism, "exactly-once", TEN_PARTITIONS)))
                .containsEntry("read-" + INPUT, sources)
                .containsEntry("parse", sources)
                .containsEntry("sum", parallelism)
                .containsEntry("write-" + OUTPUT, parallelism);
    }

    /** A topic of another pipeline: it may have any number, and another one tomorrow. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 20})
    void asManySourcesAsTheJobIsParallelIfPartitionsAreNotGiven(int parallelism) {
        assertThat(parallelisms(graph(parallelism, "exactly-once")))
                .containsEntry("read-" + INPUT, parallelism)
                .containsEntry("parse", parallelism)
                .containsEntry("sum", parallelism)
                .containsEntry("write-" + OUTPUT, parallelism);
    }

    @Test
    void scalingKeepsTheState() {
        assertThat(operatorIds(graph(20, "exactly-once", TEN_PARTITIONS)))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrderElementsOf(operatorIds(graph(1, "exactly-once", TEN_PARTITIONS)))
                .containsExactlyInAnyOrderElementsOf(operatorIds(graph(20, "exactly-once")));
    }

    @Test
    void theDeploymentSetsTheMaximumParallelism() {
        for (JobVertex vertex : graph(4, "exactly-once").getJobGraph().getVertices()) {
            assertThat(vertex.getMaxParallelism()).as(vertex.getName()).isEqualTo(120);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic-to-read",
                "the-group",
                "read_committed",
                "topic-to-write",
                "the-prefix",
                "3600000",
                "flink-app.properties:sasl.jaas.config"
            })
    void sourceAndSinkAreSentTheirSettings(String setting) throws IOException {
        assertThat(sent().contains(setting)).isTrue();
    }

    @Test
    void aTransactionIsAsLongAsKafkaAllowsByDefaultWhereNobodySaysMore() throws IOException {
        Path file = credentials.resolve("flink-app.properties");
        Files.writeString(file, Files.readString(file).replace("transaction.timeout.ms=3600000\n", ""));

        assertThat(sent().contains("900000")).isTrue();
    }

    /** It is kept in object storage for as long as the job lives. */
    @Test
    void theJobGraphHasNoSecret() throws IOException {
        assertThat(sent().contains("s3cret")).isFalse();
    }

    private String sent() throws IOException {
        JobGraph graph = graph(4, "exactly-once").getJobGraph();
        return new String(InstantiationUtil.serializeObject(graph), StandardCharsets.ISO_8859_1);
    }

    private StreamGraph graph(int parallelism, String guarantee, String... more) {
        Configuration deployment = new Configuration();
        deployment.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        deployment.set(PipelineOptions.MAX_PARALLELISM, 120);
        deployment.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        deployment.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(deployment);

        List<String> args = new ArrayList<>(List.of(
                "--user=flink-app",
                "--credentials=" + credentials,
                "--read." + INPUT + ".topic=topic-to-read",
                "--read." + INPUT + ".group=the-group",
                "--write." + OUTPUT + ".topic=topic-to-write",
                "--write." + OUTPUT + ".guarantee=" + guarantee));
        if (guarantee.equals("exactly-once")) {
            args.add("--write." + OUTPUT + ".transactional-id-prefix=the-prefix");
        }
        args.addAll(List.of(more));
        OrderProcessor.build(env, Settings.parse(args.toArray(String[]::new)));
        return env.getStreamGraph();
    }

    private static Map<String, Integer> parallelisms(StreamGraph graph) {
        return graph.getStreamNodes().stream()
                .collect(Collectors.toMap(StreamNode::getTransformationUID, StreamNode::getParallelism));
    }

    private static List<OperatorIDPair> operatorIds(StreamGraph graph) {
        return Stream.of(graph.getJobGraph().getVerticesAsArray())
                .flatMap(vertex -> vertex.getOperatorIDs().stream())
                .toList();
    }
}
