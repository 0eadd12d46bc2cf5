"""Planted faults that the rules must find, each in the line below its mark. Never imported."""
# ruff: noqa

import logging

import structlog

logger = structlog.get_logger()


def logged(request, member, device, token, note, error, self):
    # finds: private-value-in-a-log
    logger.info("signed in", username=member.id)
    # finds: private-value-in-a-log
    logger.info("signed in", who=member.username)
    # finds: private-value-in-a-log
    logger.warning("enrolled", device=device.id, name="x")
    # finds: private-value-in-a-log
    logger.debug("enrolled %s", device.name)
    # finds: private-value-in-a-log
    logging.info(f"session {token}")
    # finds: private-value-in-a-log
    logger.error("not JSON", at=request.get_data())
    # finds: private-value-in-a-log
    logger.info("note kept: %s", note)
    # finds: private-value-in-a-log
    logger.error("asked", by=str(request.headers))
    # finds: private-value-in-a-log
    logger.exception("failed")
    # finds: private-value-in-a-log
    self.log.error("failed", exc_info=error)
    logger.info("signed in", staff=member.id)
    logger.error("failed", kind=type(error).__name__)
