"""Runs in Rasa's environment: parses each line of standard input by a trained model and prints a JSON line for each."""

import asyncio
import json
import logging
import sys
import time
import warnings
from typing import Any

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


async def parse_all(model: str, sentences: list[str]) -> list[dict[str, Any]]:
    """What the model's pipeline says of each sentence, with the seconds it took."""
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    await agent.parse_message("salam")
    rows = []
    for sentence in sentences:
        start = time.perf_counter()
        parsed = await agent.parse_message(sentence)
        seconds = time.perf_counter() - start
        ranking = [r for r in parsed["intent_ranking"] if r["name"] != "nlu_fallback"]
        rows.append(
            {
                "intent": parsed["intent"]["name"],
                "best": ranking[0]["name"] if ranking else None,
                "confidence": ranking[0]["confidence"] if ranking else 0.0,
                "moment": parsed.get("moment"),
                "question": parsed.get("question"),
                "documents": [e["value"] for e in parsed["entities"] if e["entity"] == "jenis_berkas"],
                "complaint": parsed.get("complaint"),
                "ranking": [[r["name"], r["confidence"]] for r in parsed["intent_ranking"]],
                "seconds": seconds,
            }
        )
    return rows


if __name__ == "__main__":
    sys.path.insert(0, ".")
    lines = [json.loads(line) for line in sys.stdin]
    for row in asyncio.run(parse_all(sys.argv[1], lines)):
        sys.stdout.write(json.dumps(row) + "\n")
