package com.acme.orders;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Reads {@value #INPUT}, sums the amounts of each key, writes the totals to {@value #OUTPUT}.
 *
 * <p>What the job does is here and in {@link Totals}. How it is run is not: checkpoints, the state backend, parallelism
 * and maximum parallelism come from the deployment's {@code flinkConfiguration}, topics and guarantees from
 * pipeline.yaml through {@link Settings}. Nothing set in code can be changed by the person on call.
 */
public final class OrderProcessor {

    /** Topics by their names in pipeline.yaml, not by position: a topic that is declared later changes nothing here. */
    static final String INPUT = "orders";

    static final String OUTPUT = "order-totals";

    private OrderProcessor() {}

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.parse(args);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, settings);
        env.execute("order-processor");
    }

    /** The whole graph, apart from {@link #main} so that a test can build it without running it. */
    static void build(StreamExecutionEnvironment env, Settings settings) {
        Kafka kafka = new Kafka(user -> Credentials.clientProperties(settings.credentials(), user));

        DataStream<Message> messages = kafka.read(env, settings.read(INPUT));
        DataStream<Total> totals = Totals.of(messages);
        kafka.write(totals, settings.write(OUTPUT), Total::keyBytes, Total::valueBytes);
    }
}
