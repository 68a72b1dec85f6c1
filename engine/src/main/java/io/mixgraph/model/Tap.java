package io.mixgraph.model;

/** The point in a strip where a signal is taken. */
public enum Tap {
    /** Before the effects. */
    INPUT,
    /** After the effects, before fader and mute. */
    PRE_FADER,
    /** After fader and mute, before pan. */
    POST_FADER
}
