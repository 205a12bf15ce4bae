package com.acme.orders;

/**
 * A record of the input topic as it came, and from where: enough to find it again.
 *
 * @param key null if the record has none
 * @param value null if the record is a tombstone
 */
public record Message(String key, byte[] value, int partition, long offset) {}
