package com.acme.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job without Kafka, on a small Flink cluster in this process. */
@Timeout(60)
class TotalsTest {

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(() -> new MiniClusterResourceConfiguration.Builder()
                    .setConfiguration(METRICS.addToConfiguration(new Configuration()))
                    .setNumberTaskManagers(2)
                    .setNumberSlotsPerTaskManager(2)
                    .build());

    @BeforeEach
    void empty() {
        Collect.TOTALS.clear();
    }

    @Test
    void sumsPerKey() throws Exception {
        run(
                message("a", "{\"amount\": 1.10, \"currency\": \"EUR\"}"),
                message("b", "{\"amount\": 7}"),
                message("a", "{\"amount\": -0.1}"));

        assertThat(Collect.TOTALS)
                .containsExactlyInAnyOrder(total("a", 1, "1.10"), total("a", 2, "1.00"), total("b", 1, "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{\"amount\": null}",
                "{\"amount\": \"7\"}",
                "{\"amount\": NaN}",
                "{\"amount\": 7} {\"amount\": 7}",
                "{\"amount\": 1e999999999}",
                "{\"amount\": 1e-999999999}",
                "{\"amount\": 1e99999999999}",
                "{\"amount\": 123456789012345678901}"
            })
    void dropsAndCountsBadRecords(String bad) throws Exception {
        JobClient job = run(message("a", "{\"amount\": 1}"), message("a", bad), message("a", "{\"amount\": 2}"));

        assertThat(Collect.TOTALS).containsExactlyInAnyOrder(total("a", 1, "1"), total("a", 2, "3"));
        assertThat(badRecords(job)).isEqualTo(1);
    }

    @Test
    void dropsAndCountsRecordsWithoutAKeyAndTombstones() throws Exception {
        JobClient job =
                run(message(null, "{\"amount\": 1}"), new Message("a", null, 0, 1), message("a", "{\"amount\": 2}"));

        assertThat(Collect.TOTALS).containsExactly(total("a", 1, "2"));
        assertThat(badRecords(job)).isEqualTo(2);
    }

    /** Each record adds one to its key, so a total that is missing or there twice was lost or counted twice. */
    @Test
    void aSavepointKeepsTheTotalsThroughARescale(@TempDir Path savepoints) throws Exception {
        JobClient before = startEndless(2, new Configuration());
        until(before, () -> Collect.TOTALS.size() > 500);
        String savepoint = before.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL)
                .get(30, TimeUnit.SECONDS);
        int collected = Collect.TOTALS.size();

        Configuration restored = new Configuration();
        restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        JobClient after = startEndless(4, restored);
        until(after, () -> Collect.TOTALS.size() > collected + 500);
        after.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL)
                .get(30, TimeUnit.SECONDS);

        Map<String, List<Long>> counts = Collect.TOTALS.stream()
                .collect(Collectors.groupingBy(Total::key, Collectors.mapping(Total::count, Collectors.toList())));
        assertThat(counts).hasSize(10).allSatisfy((key, each) -> assertThat(each)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, each.size()).boxed().toList()));
    }

    @Test
    void writesPlainJson() {
        assertThat(new String(total("a", 2, "12.50").valueBytes(), UTF_8)).isEqualTo("{\"count\":2,\"sum\":12.50}");
        assertThat(new String(total("a", 1, "1e9").valueBytes(), UTF_8)).isEqualTo("{\"count\":1,\"sum\":1000000000}");
        assertThat(total("ä", 1, "1").keyBytes()).isEqualTo("ä".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(classes = {Message.class, Totals.Entry.class, Total.class})
    void typesAreSerializedByFlinkAndNotByKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }

    private static Message message(String key, String value) {
        return new Message(key, value.getBytes(UTF_8), 0, 0);
    }

    private static Total total(String key, long count, String sum) {
        return new Total(key, count, new BigDecimal(sum));
    }

    private static JobClient run(Message... messages) throws Exception {
        JobClient job = start(1, new Configuration(), env -> env.fromData(TypeInformation.of(Message.class), messages));
        job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        return job;
    }

    private static JobClient startEndless(int parallelism, Configuration deployment) throws Exception {
        GeneratorFunction<Long, Message> generator = index -> message("key-" + index % 10, "{\"amount\": 1}");
        DataGeneratorSource<Message> source = new DataGeneratorSource<>(
                generator, Long.MAX_VALUE, RateLimiterStrategy.perSecond(2000), TypeInformation.of(Message.class));
        return start(
                parallelism, deployment, env -> env.fromSource(source, WatermarkStrategy.noWatermarks(), "source"));
    }

    private static JobClient start(
            int parallelism,
            Configuration deployment,
            Function<StreamExecutionEnvironment, DataStreamSource<Message>> source)
            throws Exception {
        deployment.set(PipelineOptions.MAX_PARALLELISM, 120);
        deployment.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        deployment.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(deployment);
        env.setParallelism(parallelism);

        Totals.of(source.apply(env).uid("source")).sinkTo(new Collect()).uid("collect");
        return env.executeAsync();
    }

    private static long badRecords(JobClient job) {
        return METRICS.findMetrics(job.getJobID(), "badRecords").values().stream()
                .mapToLong(metric -> ((Counter) metric).getCount())
                .sum();
    }

    private static void until(JobClient job, BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            assertThat(job.getJobStatus().get()).isNotIn(JobStatus.FAILING, JobStatus.FAILED);
            Thread.sleep(20);
        }
    }

    /** The operators run in this process, so they can hand over what they wrote by a static field. */
    private static final class Collect implements Sink<Total> {

        static final Queue<Total> TOTALS = new ConcurrentLinkedQueue<>();

        @Override
        public SinkWriter<Total> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(Total total, Context context) {
                    TOTALS.add(total);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
