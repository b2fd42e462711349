#!/usr/bin/env python3
"""make_model.py FILE [LAYERS STATE]: a model for whisper.cpp that says one sentence, whatever it hears.

All of it is made here: no weight was learnt. Attention does nothing; one layer leads from each word to the next. It says
the sentence once in each half minute. LAYERS and STATE (4 64) are those of a real model where what one costs is
measured (base: 6 512).
Source: whisper.cpp, models/convert-pt-to-ggml.py (the order of the file), and its loader's names of tensors.
"""
import struct
import sys

VOCABULARY, WORDS, END, BEGIN_OF_TIMES = 51865, 50257, 50257, 50364
START, ENGLISH, TRANSCRIBE = 50258, 50259, 50359
MEL, FOURIER, AUDIO_CONTEXT, TEXT_CONTEXT = 80, 201, 1500, 448
# What is said, and how sure of it the model is (a weight). Some pieces end within a character, as real ones do.
SAID = [(b" We", 1.8), (b" will", 1.6), (b" pub", 1.35), (b"lish", 1.55), (b" um", 1.3), (b",", 1.5), (b" Gr", 1.4),
        (b"\xc3", 1.45), (b"\xb6", 1.6), (b"\xc3\x9fe", 1.5), (b" on", 1.7), (b" Friday", 1.45), (b".", 1.65)]


def words():
    """The pieces of words that the model knows: those above, each byte, and 50,000 that it never says."""
    known = [piece for piece, _ in SAID]
    known += [bytes([byte]) for byte in range(1, 256) if bytes([byte]) not in known]
    return known + [b"\xc2\xa4%d" % number for number in range(WORDS - len(known))]


def chain():
    """(token, weight): each leads to the one behind it. The prompt's last, a time, the sentence, a time, the end."""
    tokens = [(TRANSCRIBE, 0.5), (BEGIN_OF_TIMES, 3.0)]
    tokens += [(number, weight) for number, (_, weight) in enumerate(SAID)]
    return tokens + [(BEGIN_OF_TIMES + 160, 3.0), (END, 3.0)]


def axes():
    """(axis, token, weight): every token of the chain has a direction of its own, and so has what finds the language."""
    tokens = chain() + [(START, 0.5), (ENGLISH, 3.0)]
    return [(axis, token, weight) for axis, (token, weight) in enumerate(tokens)]


def steps():
    """(axis, axis of what comes next)."""
    count = len(chain())
    return [(axis, axis + 1) for axis in range(count - 1)] + [(count, count + 1)]


class Writer:
    def __init__(self, file, state):
        self.file, self.state = file, state

    def numbers(self, *values):
        self.file.write(struct.pack("<%di" % len(values), *values))

    def tensor(self, name, shape, halves, filled=()):
        """shape: the slowest dimension first. filled: (index, value); everything else is 0."""
        count = 1
        for size in shape:
            count *= size
        width, form = (2, "<e") if halves else (4, "<f")
        data = bytearray(count * width)
        for index, value in filled:
            struct.pack_into(form, data, index * width, value)
        self.numbers(len(shape), len(name), 1 if halves else 0)
        self.numbers(*reversed(shape))
        self.file.write(name.encode() + bytes(data))

    def norm(self, name, weight=0.0):
        self.tensor(name + ".weight", [self.state], False, [(i, weight) for i in range(self.state)] if weight else ())
        self.tensor(name + ".bias", [self.state], False)

    def linear(self, name, out, into, has_bias=True, filled=()):
        self.tensor(name + ".weight", [out, into], True, filled)
        if has_bias:
            self.tensor(name + ".bias", [out], False)

    def attention(self, name):
        for part in ("query", "key", "value", "out"):
            self.linear(f"{name}.{part}", self.state, self.state, part != "key")

    def block(self, name, crosses, leads=()):
        self.norm(name + ".attn_ln")
        self.attention(name + ".attn")
        if crosses:
            self.norm(name + ".cross_attn_ln")
            self.attention(name + ".cross_attn")
        self.norm(name + ".mlp_ln", 1.0 if leads else 0.0)
        self.linear(name + ".mlp.0", 4 * self.state, self.state, True,
                    [(axis * self.state + axis, 1.0) for axis, _ in leads])
        self.linear(name + ".mlp.2", self.state, 4 * self.state, True,
                    [(following * 4 * self.state + axis, 100.0) for axis, following in leads])


def write_head(out, layers, heads):
    out.numbers(0x67676D6C, VOCABULARY, AUDIO_CONTEXT, out.state, heads, layers, TEXT_CONTEXT, out.state, heads, layers,
                MEL, 1)
    out.numbers(MEL, FOURIER)
    out.file.write(struct.pack("<%df" % (MEL * FOURIER), *([1.0 / FOURIER] * (MEL * FOURIER))))
    out.numbers(WORDS)
    for word in words():
        out.file.write(struct.pack("<I", len(word)) + word)


def write_encoder(out, layers):
    out.tensor("encoder.positional_embedding", [AUDIO_CONTEXT, out.state], False)
    out.tensor("encoder.conv1.weight", [out.state, MEL, 3], True)
    out.tensor("encoder.conv1.bias", [out.state, 1], False)
    out.tensor("encoder.conv2.weight", [out.state, out.state, 3], True)
    out.tensor("encoder.conv2.bias", [out.state, 1], False)
    out.norm("encoder.ln_post")
    for layer in range(layers):
        out.block(f"encoder.blocks.{layer}", False)


def write_decoder(out, layers):
    out.tensor("decoder.positional_embedding", [TEXT_CONTEXT, out.state], False)
    out.tensor("decoder.token_embedding.weight", [VOCABULARY, out.state], True,
               [(token * out.state + axis, weight) for axis, token, weight in axes()])
    out.norm("decoder.ln", 1.0)
    for layer in range(layers):
        out.block(f"decoder.blocks.{layer}", True, steps() if layer == 0 else ())


def main():
    layers, state = (int(sys.argv[2]), int(sys.argv[3])) if len(sys.argv) > 3 else (4, 64)
    with open(sys.argv[1], "wb") as file:
        out = Writer(file, state)
        write_head(out, layers, max(1, state // 64))
        write_encoder(out, layers)
        write_decoder(out, layers)


main()
