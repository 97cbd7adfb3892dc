/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** What this process runs on. */
public final class Versions {
    private Versions() {
    }

    public static Map<String, String> ofJava() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("library", "kafka-clients");
        versions.put("client", AppInfoParser.getVersion());
        versions.put("runtime", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return versions;
    }

    /** Of a program in Jython, on the same client and virtual machine. */
    public static Map<String, String> ofJython(String version) {
        Map<String, String> versions = ofJava();
        versions.put("runtime", "Jython " + version + " on " + versions.get("runtime"));
        versions.put("jython", version);
        return versions;
    }
}
