package com.acme.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;

/**
 * The sum of a key so far. It is the job's output and its state, so its fields outlive releases: add one and Flink
 * reads old savepoints still; rename one or change its type and the old value is gone or the savepoint refused.
 */
public record Total(String key, long count, BigDecimal sum) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    static Total none(String key) {
        return new Total(key, 0, BigDecimal.ZERO);
    }

    Total plus(BigDecimal amount) {
        return new Total(key, count + 1, sum.add(amount));
    }

    byte[] keyBytes() {
        return key.getBytes(UTF_8);
    }

    /** {@code {"count":2,"sum":12.50}} */
    byte[] valueBytes() {
        try {
            return JSON.writeValueAsBytes(
                    JSON.createObjectNode().put("count", count).put("sum", sum));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a number that JSON cannot hold", e);
        }
    }
}
