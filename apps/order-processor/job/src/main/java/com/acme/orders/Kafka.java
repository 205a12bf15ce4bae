package com.acme.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sources and sinks for the topics that pipeline.yaml declares.
 *
 * <p>Each gets the uid {@code read-<name>} or {@code write-<name>}, under which Flink keeps its offsets or open
 * transactions in savepoints. So adding a topic, moving code about or changing the parallelism leaves the others' state
 * in place, and a topic declared under another name starts anew.
 */
final class Kafka {

    /**
     * How long a transaction may stay open, where the client configuration does not say it: Millrace writes there what
     * the Kafka of each environment allows, an hour with its own brokers. Records of a transaction that the broker has
     * given up are lost, so it must outlast the checkpoint interval plus the longest time that the job may be down; and
     * a broker refuses producers that ask for more than its {@code transaction.max.timeout.ms}, by Kafka's default this
     * much. KafkaSink's own default is 1 h.
     */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    /** How soon the job finds partitions that are added while it runs. The connector's default, said aloud. */
    private static final Duration PARTITION_DISCOVERY_INTERVAL = Duration.ofMinutes(5);

    private final Function<String, Properties> clientProperties;

    /** @param clientProperties the Kafka client configuration of a user, by the user's name */
    Kafka(Function<String, Properties> clientProperties) {
        this.clientProperties = clientProperties;
    }

    /**
     * Records as they are in the topic. No watermarks: give the source a strategy before you use event time, and that
     * strategy an idleness where the number of partitions is not given.
     */
    DataStream<Message> read(StreamExecutionEnvironment env, Settings.Read read) {
        KafkaSource<Message> source = KafkaSource.<Message>builder()
                .setProperties(clientProperties.apply(read.user()))
                .setTopics(read.topic())
                .setGroupId(read.group())
                // Names the consumers in metrics, quotas and the brokers' logs; the group is one job's alone.
                .setClientIdPrefix(read.group() + "." + read.name())
                .setStartingOffsets(committedOrEarliest())
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperty(
                        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                        String.valueOf(PARTITION_DISCOVERY_INTERVAL.toMillis()))
                .setDeserializer(new ToMessage())
                .build();

        int parallelism = env.getParallelism();
        String uid = "read-" + read.name();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), uid)
                .uid(uid)
                .name(uid)
                // A subtask without a partition has nothing to do and holds back watermarks. Where nobody says how many
                // partitions there are, an idle subtask is the lesser evil: too few could not keep up.
                .setParallelism(Math.min(parallelism, read.partitions().orElse(parallelism)));
    }

    /** For the job's first start only: after that its state has the offsets, and those in Kafka are for monitoring. */
    @SuppressWarnings("deprecation") // Kafka's, of an enum that the connector still asks for.
    private static OffsetsInitializer committedOrEarliest() {
        return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    }

    <T> void write(
            DataStream<T> stream, Settings.Write write, SerializationSchema<T> key, SerializationSchema<T> value) {
        Properties client = clientProperties.apply(write.user());
        client.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT.toMillis()));
        KafkaSinkBuilder<T> sink = KafkaSink.<T>builder()
                .setKafkaProducerConfig(client)
                .setProperty(ProducerConfig.ACKS_CONFIG, "all")
                .setDeliveryGuarantee(write.guarantee())
                .setRecordSerializer(KafkaRecordSerializationSchema.<T>builder()
                        .setTopic(write.topic())
                        .setKeySerializationSchema(key)
                        .setValueSerializationSchema(new Typed<>(value, stream.getType()))
                        .build());
        write.transactionalIdPrefix().ifPresent(sink::setTransactionalIdPrefix);

        String uid = "write-" + write.name();
        stream.sinkTo(sink.build()).uid(uid).name(uid);
    }

    /** A schema that says its type: the sink asks for it, for Flink's lineage, and cannot tell that of a lambda. */
    private record Typed<T>(SerializationSchema<T> schema, TypeInformation<T> getProducedType)
            implements SerializationSchema<T>, ResultTypeQueryable<T> {

        @Override
        public void open(InitializationContext context) throws Exception {
            schema.open(context);
        }

        @Override
        public byte[] serialize(T element) {
            return schema.serialize(element);
        }
    }

    /** Never throws: what a record means, and whether it is a good one, is for the job to say. */
    private static final class ToMessage implements KafkaRecordDeserializationSchema<Message> {

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Message> out) {
            String key = record.key() == null ? null : new String(record.key(), UTF_8);
            out.collect(new Message(key, record.value(), record.partition(), record.offset()));
        }

        @Override
        public TypeInformation<Message> getProducedType() {
            return TypeInformation.of(Message.class);
        }
    }
}
