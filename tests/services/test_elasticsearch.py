"""The node of the tests is a real Elasticsearch that the official client accepts."""

from elasticsearch import Elasticsearch


def test_the_official_client_accepts_the_node(elasticsearch_url):
    with Elasticsearch(elasticsearch_url) as client:
        assert client.info()["version"]["number"].startswith("9.")
        analysed = client.indices.analyze(tokenizer="standard", filter=["lowercase", "asciifolding"], text="Éthique")
        assert [token["token"] for token in analysed["tokens"]] == ["ethique"]
