#!/usr/bin/env python3
"""Synthesises the recordings of this example, with the standard library alone: python3 make_audio.py

120 beats per minute, 44.1 kHz, 16 bits: loops of two bars, four seconds each, and a lead of four bars.
"""
import math
import os
import random
import struct
import wave

RATE = 44100
BEAT = 0.5
LOOP = 4 * RATE
HERE = os.path.dirname(os.path.abspath(__file__))


def silence(frames=LOOP):
    return [0.0] * frames


def hz(midi):
    return 440.0 * 2.0 ** ((midi - 69) / 12.0)


def add(track, at_s, sound):
    start = round(at_s * RATE)
    for i, x in enumerate(sound[: len(track) - start]):
        track[start + i] += x


def lowpass(x, cutoff, poles=2):
    """One-pole filters in a row; the cutoff is a function of the time in seconds."""
    for _ in range(poles):
        y, out = 0.0, []
        for i, v in enumerate(x):
            y += (1.0 - math.exp(-2.0 * math.pi * cutoff(i / RATE) / RATE)) * (v - y)
            out.append(y)
        x = out
    return x


def highpass(x, cutoff_hz):
    return [a - b for a, b in zip(x, lowpass(x, lambda t: cutoff_hz, 1))]


def saw(frequency, seconds, phase=0.0, most=24):
    """A sawtooth of as many harmonics as stay below 16 kHz, at most `most`."""
    count = max(1, min(most, int(16000 / frequency)))
    return [
        sum(math.sin(2 * math.pi * (frequency * k * i / RATE) + phase * k) / k for k in range(1, count + 1)) * 0.6
        for i in range(int(seconds * RATE))
    ]


def gate(x, attack_s, release_s):
    """Straight ramps at both ends."""
    n = len(x)
    return [v * min(1.0, i / (attack_s * RATE), (n - 1 - i) / (release_s * RATE)) for i, v in enumerate(x)]


def kick():
    sound, phase = [], 0.0
    for i in range(int(0.35 * RATE)):
        t = i / RATE
        phase += 2 * math.pi * (48 + 130 * math.exp(-t / 0.03)) / RATE
        sound.append(0.95 * math.sin(phase) * math.exp(-t / 0.11) * min(1.0, i / 40))
    track = silence()
    for beat in range(8):
        add(track, beat * BEAT, sound)
    add(track, 6.75 * BEAT, [0.7 * x for x in sound])
    return [track]


def snare_and_hat(rng):
    body = [rng.uniform(-1, 1) for _ in range(int(0.25 * RATE))]
    body = lowpass(highpass(body, 600), lambda t: 9000, 1)
    snare = [
        x * 0.7 * math.exp(-i / RATE / 0.07) + 0.45 * math.sin(2 * math.pi * 188 * i / RATE) * math.exp(-i / RATE / 0.05)
        for i, x in enumerate(body)
    ]
    left, right = silence(), silence()
    for beat in range(1, 8, 2):
        add(left, beat * BEAT, snare)
        add(right, beat * BEAT, snare)
    for eighth in range(16):
        hit = highpass(highpass([rng.uniform(-1, 1) for _ in range(int(0.09 * RATE))], 7000), 7000)
        decay = 0.05 if eighth % 4 == 3 else 0.018
        level = 0.42 if eighth % 2 == 0 else 0.28
        hat = [level * x * math.exp(-i / RATE / decay) for i, x in enumerate(gate(hit, 0.0005, 0.01))]
        add(left, eighth * BEAT / 2, [0.7 * x for x in hat])
        add(right, eighth * BEAT / 2, hat)
    return [left, right]


ROOTS = [45, 41, 48, 43]  # A, F, C, G: half a bar each
CHORDS = [(57, 60, 64, 71), (57, 60, 65, 69), (55, 60, 64, 71), (55, 59, 62, 69)]


def bass():
    track = silence()
    rhythm = [(0, 0.9), (1, 0.4), (1.5, 0.4)]
    for half, root in enumerate(ROOTS):
        for beat, beats in rhythm:
            note = root - 12 + (12 if beat == 1.5 else 0)
            sound = saw(hz(note), beats * BEAT)
            sound = lowpass(sound, lambda t: 180 + 900 * math.exp(-t / 0.08), 2)
            add(track, (half * 2 + beat) * BEAT, [0.75 * x for x in gate(sound, 0.004, 0.03)])
    return [track]


def chords():
    sides = []
    for side, detune in ((0, 0.9976), (1, 1.0024)):
        track = silence()
        for half, chord in enumerate(CHORDS):
            for n, note in enumerate(chord):
                sound = saw(hz(note) * detune, 2 * BEAT, phase=0.7 * n + 1.3 * side, most=12)
                sound = lowpass(sound, lambda t: 900 + 500 * math.sin(math.pi * t / 2), 1)
                add(track, half * 2 * BEAT, [0.16 * x for x in gate(sound, 0.06, 0.12)])
        sides.append(track)
    return sides


def lead():
    """A voice-like tone: a sawtooth with vibrato through the resonances of an 'ah'."""
    melody = [(0.5, 1, 76), (1.5, 0.5, 74), (2, 1.5, 72), (4, 1, 72), (5, 0.5, 74), (5.5, 0.5, 76), (6, 1.5, 74),
              (8, 1, 69), (9, 1, 72), (10, 1.5, 69), (12, 1, 76), (13, 1, 72), (14, 1.7, 71)]
    formants = ((700, 1.0, 90), (1150, 0.55, 110), (2700, 0.22, 170))
    track = silence(2 * LOOP)
    for beat, beats, note in melody:
        frames, phase, sound = int(beats * BEAT * RATE), 0.0, []
        for i in range(frames):
            t = i / RATE
            depth = 0.006 * min(1.0, t / 0.25)
            frequency = hz(note - 12) * (1 + depth * math.sin(2 * math.pi * 5.3 * t))
            phase += 2 * math.pi * frequency / RATE
            value = 0.0
            for k in range(1, 21):
                tone = k * hz(note - 12)
                weight = 0.05 + sum(g / (1 + ((tone - f) / b) ** 2) for f, g, b in formants)
                value += weight * math.sin(k * phase) / math.sqrt(k)
            sound.append(0.5 * value)
        add(track, beat * BEAT, gate(sound, 0.03, 0.06))
    return [track]


def write(name, channels, peak):
    loudest = max(abs(x) for channel in channels for x in channel)
    frames = bytearray()
    for values in zip(*channels):
        for x in values:
            frames += struct.pack("<h", round(x / loudest * peak * 32767))
    with wave.open(os.path.join(HERE, name), "wb") as out:
        out.setnchannels(len(channels))
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(frames))


if __name__ == "__main__":
    write("kick.wav", kick(), 0.8)
    write("snare_hat.wav", snare_and_hat(random.Random(1)), 0.6)
    write("bass.wav", bass(), 0.6)
    write("chords.wav", chords(), 0.45)
    write("lead.wav", lead(), 0.5)
