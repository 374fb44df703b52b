"""The back office's declarative base, on which every area keeps its tables."""

from storage.model import declarative_base

Base = declarative_base()
