/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.kafka.clients.producer;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The producer's settings as the client understands them, its defaults included. It stands in the client's package
 * because the constructor of ProducerConfig was not public in old clients, and this source serves them too.
 */
public final class SettingsInForce {
    private SettingsInForce() {
    }

    public static Map<String, Object> of(Properties properties) {
        Map<String, Object> settings = new TreeMap<>();
        new ProducerConfig(properties).values().forEach((name, value) -> settings.put(name, plain(value)));
        return settings;
    }

    /** A value as JSON has it. Secrets are Passwords to the client, which print as hidden. */
    private static Object plain(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean)
            return value;
        if (value instanceof Class)
            return ((Class<?>) value).getName();
        if (value instanceof List)
            return ((List<?>) value).stream().map(String::valueOf).collect(Collectors.joining(","));
        return value.toString();
    }
}
