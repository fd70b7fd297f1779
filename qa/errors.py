"""Every error that the library raises. Each message is one line: what happened, and what to do.

QAError
├── UsageError            the call itself is wrong (bad date, bad batch file)          exit code 2
├── CorpusError           the folder of articles
│   ├── FolderNotFound        no such folder, file or pattern
│   └── EmptyCorpus           nothing in it could be read
├── LoadError             one file could not be read; ends as a `failed` line in the ledger
├── StoreError            the store or an index under QA_HOME
│   ├── Unwritable            no space, no right or no such place to write; what was indexed still answers
│   ├── StoreDamaged          the store cannot be read; it is set aside and made anew from the files
│   ├── IndexDamaged          an index cannot be read; it is made anew from the store
│   ├── FingerprintMismatch   made with another embedder or chunking
│   ├── Locked                another process is indexing this folder
│   └── Closed                the library was closed and is asked again
├── EmbeddingError        the embedder is missing, or its service failed
├── ChromaError           the Chroma server cannot be reached or refused
├── LLMError              the language model's service
│   ├── Unreachable           no connection, no such host
│   ├── TimedOut              no answer in time
│   ├── Unauthorized          401, 403: the key
│   ├── NoSuchModel           404: the model or the address
│   ├── RateLimited           429, after the retries
│   ├── ServiceFailed         5xx, after the retries
│   ├── BrokenReply           an empty body, no JSON, a reset in mid-stream
│   ├── Refused               the model declined, or a filter did
│   ├── CutShort              finish_reason: length
│   ├── ContextOverflow       the prompt does not fit (fewer passages are tried first)
│   └── BudgetExceeded        the next call could cost more than is left
├── PromptError           a prompt file is missing or cannot be filled
└── NotFound              `qa show`: nothing of that name
"""

from __future__ import annotations


class QAError(Exception):
    """Base of all errors; ``exit_code`` is what the command line returns for it."""

    exit_code = 1


class UsageError(QAError):
    exit_code = 2


class CorpusError(QAError):
    pass


class FolderNotFound(CorpusError):
    pass


class EmptyCorpus(CorpusError):
    pass


class LoadError(QAError):
    pass


class StoreError(QAError):
    pass


class FingerprintMismatch(StoreError):
    pass


class Locked(StoreError):
    pass


class Closed(StoreError):
    pass


class Unwritable(StoreError):
    pass


class StoreDamaged(StoreError):
    pass


class IndexDamaged(StoreError):
    pass


class EmbeddingError(QAError):
    pass


class ChromaError(QAError):
    pass


class NotFound(QAError):
    pass


class LLMError(QAError):
    pass


class Unreachable(LLMError):
    pass


class TimedOut(LLMError):
    pass


class Unauthorized(LLMError):
    pass


class NoSuchModel(LLMError):
    pass


class RateLimited(LLMError):
    pass


class ServiceFailed(LLMError):
    pass


class BrokenReply(LLMError):
    pass


class Refused(LLMError):
    pass


class CutShort(LLMError):
    pass


class ContextOverflow(LLMError):
    pass


class BudgetExceeded(LLMError):
    pass


class PromptError(QAError):
    pass
