# SPDX-License-Identifier: Apache-2.0
"""Which settings are in force: confluent-kafka does not tell, but the librdkafka within it does.

A second producer, which connects to nothing, is made through ctypes by the same librdkafka from the same settings,
asked, and destroyed: what librdkafka sets by default, or adjusts (idempotence does), is then known too.
"""

import ctypes
import sys

PRODUCER = 0  # rd_kafka_type_t
BUFFER_BYTES = 512
# What confluent-kafka sets in a producer of its own, and the one made here has otherwise.
NOT_ITS_OWN = ("client.software.name", "client.software.version", "log.queue")
SECRET_ENDINGS = ("password", "secret", "passphrase", "key.pem", "oauthbearer.config")


def _library():
    """The librdkafka that confluent_kafka has loaded."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        path = next(line.split(maxsplit=5)[-1].strip() for line in maps if "/librdkafka" in line)
    library = ctypes.CDLL(path)
    pairs = ctypes.POINTER(ctypes.c_char_p)
    pointer, text, size = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
    for name, result, *arguments in (
        ("rd_kafka_conf_new", pointer),
        ("rd_kafka_conf_set", ctypes.c_int, pointer, text, text, text, size),
        ("rd_kafka_conf_set_log_cb", None, pointer, pointer),
        ("rd_kafka_new", pointer, ctypes.c_int, pointer, text, size),
        ("rd_kafka_conf", pointer, pointer),
        ("rd_kafka_conf_dump", pairs, pointer, ctypes.POINTER(size)),
        ("rd_kafka_default_topic_conf_dup", pointer, pointer),
        ("rd_kafka_topic_conf_dump", pairs, pointer, ctypes.POINTER(size)),
        ("rd_kafka_topic_conf_destroy", None, pointer),
        ("rd_kafka_conf_dump_free", None, pairs, size),
        ("rd_kafka_destroy", None, pointer),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def _shown(name, value):
    return "<redacted>" if name.endswith(SECRET_ENDINGS) else value


def _dump(library, dump, configuration):
    count = ctypes.c_size_t()
    pairs = dump(configuration, ctypes.byref(count))
    texts = [pairs[i].decode() for i in range(count.value)]
    library.rd_kafka_conf_dump_free(pairs, count)
    return {
        name: _shown(name, value)
        for name, value in zip(texts[::2], texts[1::2])
        # Addresses of callbacks are no settings, and differ each time.
        if name not in NOT_ITS_OWN and not value.startswith("0x")
    }


def _producer(library, settings):
    problem = ctypes.create_string_buffer(BUFFER_BYTES)
    configuration = library.rd_kafka_conf_new()
    for name, value in settings.items():
        if library.rd_kafka_conf_set(configuration, name.encode(), str(value).encode(), problem, BUFFER_BYTES):
            raise OSError(problem.value.decode())
    library.rd_kafka_conf_set_log_cb(configuration, None)  # what it logs (no bootstrap.servers) concerns nobody
    producer = library.rd_kafka_new(PRODUCER, configuration, problem, BUFFER_BYTES)
    if not producer:
        raise OSError(problem.value.decode())
    return producer


def configuration_in_force(settings):
    """{librdkafka's name: value}; only what was handed over when this librdkafka cannot be asked."""
    handed_over = {name: _shown(name, str(value)) for name, value in settings.items()}
    try:
        library = _library()
        producer = _producer(library, settings)
    except (OSError, StopIteration, AttributeError) as problem:
        print(f"librdkafka does not tell its settings: {problem}", file=sys.stderr)
        return handed_over
    topic = library.rd_kafka_default_topic_conf_dup(producer)
    # The client's own values last: they are in force where both levels have a property (a topic's codec is "inherit").
    in_force = _dump(library, library.rd_kafka_topic_conf_dump, topic)
    in_force.update(_dump(library, library.rd_kafka_conf_dump, library.rd_kafka_conf(producer)))
    library.rd_kafka_topic_conf_destroy(topic)
    library.rd_kafka_destroy(producer)
    return {**handed_over, **in_force}
