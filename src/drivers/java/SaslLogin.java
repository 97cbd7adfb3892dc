/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.util.Properties;

/** A login comes from the harness as user name and password. This client has one property for both. */
final class SaslLogin {
    private static final String MODULES = "org.apache.kafka.common.security.";

    private SaslLogin() {
    }

    /** Replaces sasl.username and sasl.password by sasl.jaas.config, where they are. */
    static void translate(Properties properties) {
        String username = (String) properties.remove("sasl.username");
        String password = (String) properties.remove("sasl.password");
        if (username == null && password == null)
            return;
        if (username == null || password == null)
            throw new IllegalArgumentException("sasl.username and sasl.password go together");
        properties.putIfAbsent("sasl.jaas.config", module(properties.getProperty("sasl.mechanism", "GSSAPI"))
                + " required username=" + quote(username) + " password=" + quote(password) + ";");
    }

    private static String module(String mechanism) {
        if (mechanism.equals("PLAIN"))
            return MODULES + "plain.PlainLoginModule";
        if (mechanism.startsWith("SCRAM-"))
            return MODULES + "scram.ScramLoginModule";
        throw new IllegalArgumentException("sasl.mechanism " + mechanism + " takes no sasl.username and sasl.password");
    }

    private static String quote(String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
        return '"' + escaped + '"';
    }
}
