# SPDX-License-Identifier: Apache-2.0
"""Topics of a cluster as another client sees them: run by a Python that has kafka-python.

topics.py SERVERS list | make TOPIC RECORDS | count TOPIC | delete TOPIC; the answer is JSON on standard output.
"""
import json
import sys

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic


def list_topics(servers):
    admin = KafkaAdminClient(bootstrap_servers=servers)
    return sorted(name for name in admin.list_topics() if not name.startswith("__"))


def make(servers, topic, records):
    KafkaAdminClient(bootstrap_servers=servers).create_topics([NewTopic(topic, 1, 1)])
    producer = KafkaProducer(bootstrap_servers=servers, acks="all")
    for number in range(int(records)):
        producer.send(topic, b"%d" % number, partition=0)
    producer.flush()
    return count(servers, topic)


def count(servers, topic):
    partition = TopicPartition(topic, 0)
    return KafkaConsumer(bootstrap_servers=servers).end_offsets([partition])[partition]


def delete(servers, topic):
    KafkaAdminClient(bootstrap_servers=servers).delete_topics([topic])
    return topic


if __name__ == "__main__":
    verbs = {"list": list_topics, "make": make, "count": count, "delete": delete}
    print(json.dumps(verbs[sys.argv[2]](sys.argv[1], *sys.argv[3:])))
