package com.acme.orders;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job between its source and its sink: messages in, a new total out for each.
 *
 * <p>Every operator has a uid. It is the name of the operator's state in savepoints: as long as it stays, everything
 * else about the operator may change.
 */
public final class Totals {

    private Totals() {}

    /** A message that made sense. */
    public record Entry(String key, BigDecimal amount) {}

    public static DataStream<Total> of(DataStream<Message> messages) {
        return messages.process(new Parse())
                .uid("parse")
                .name("parse")
                // As the source, so that the two are chained. With another parallelism, records would cross the
                // network once more, and those of one key overtake each other on the way.
                .setParallelism(messages.getParallelism())
                .keyBy(Entry::key)
                .process(new Sum())
                .uid("sum")
                .name("sum");
    }

    /**
     * Drops what it cannot read, and counts it as {@code badRecords}: one bad record must not stop all good ones, and a
     * job that fails on it would fail on it again after every restart. To keep bad records, send them to a side output
     * here and write that to a topic.
     */
    static final class Parse extends ProcessFunction<Message, Entry> {

        private static final Logger LOG = LoggerFactory.getLogger(Parse.class);

        private static final JsonMapper JSON = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();

        /** Amounts are decimal(38, 18). Without a bound, adding 1e999999999 to 1 is a number of a billion digits. */
        private static final int FRACTION_DIGITS = 18;

        private static final int INTEGER_DIGITS = 20;

        private transient Counter badRecords;

        @Override
        public void open(OpenContext context) {
            badRecords = getRuntimeContext().getMetricGroup().counter("badRecords");
        }

        @Override
        public void processElement(Message message, Context context, Collector<Entry> out) {
            Entry entry;
            try {
                entry = parse(message);
            } catch (BadRecord bad) {
                drop(message, bad);
                return;
            }
            out.collect(entry);
        }

        private static Entry parse(Message message) throws BadRecord {
            if (message.key() == null) {
                throw new BadRecord("it has no key");
            }
            if (message.value() == null) {
                throw new BadRecord("it has no value");
            }
            JsonNode amount;
            try {
                amount = JSON.readTree(message.value()).path("amount");
            } catch (IOException | RuntimeException e) {
                // RuntimeException as well: 1e99999999999 is JSON, and a NumberFormatException.
                throw new BadRecord("its value is not JSON");
            }
            if (!amount.isNumber()) {
                throw new BadRecord("its value has no number \"amount\"");
            }
            BigDecimal number = amount.decimalValue();
            if (number.scale() > FRACTION_DIGITS || (long) number.precision() - number.scale() > INTEGER_DIGITS) {
                throw new BadRecord("its amount is no decimal(38, 18)");
            }
            return new Entry(message.key(), number);
        }

        private void drop(Message message, BadRecord bad) {
            badRecords.inc();
            // The 1st, 2nd, 4th, 8th…: enough to find the cause, and no flood when every record is bad. Where it is,
            // not what: that may be personal data.
            if (Long.bitCount(badRecords.getCount()) == 1) {
                LOG.warn(
                        "Dropped the record at offset {} of partition {}: {}; {} dropped here since the last start",
                        message.offset(),
                        message.partition(),
                        bad.getMessage(),
                        badRecords.getCount());
            }
        }
    }

    /** Keeps one total a key, for ever: if your keys come and go, give the state a time to live. */
    static final class Sum extends KeyedProcessFunction<String, Entry, Total> {

        private transient ValueState<Total> total;

        @Override
        public void open(OpenContext context) {
            total = getRuntimeContext().getState(new ValueStateDescriptor<>("total", Total.class));
        }

        @Override
        public void processElement(Entry entry, Context context, Collector<Total> out) throws IOException {
            Total before = total.value();
            Total after = (before == null ? Total.none(entry.key()) : before).plus(entry.amount());
            total.update(after);
            out.collect(after);
        }
    }

    /** Expected, and maybe often: without a stack trace. */
    private static final class BadRecord extends Exception {

        BadRecord(String reason) {
            super(reason, null, false, false);
        }
    }
}
