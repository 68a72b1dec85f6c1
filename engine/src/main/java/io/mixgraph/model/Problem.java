package io.mixgraph.model;

/**
 * Something wrong with a session.
 *
 * @param code what kind of problem: a stable name for programs
 * @param pointer where: a JSON pointer (RFC 6901) into the document
 * @param message what is wrong and what to do, for people; one sentence or two, without code and place
 */
public record Problem(Code code, String pointer, String message) {
    /** The kinds of problem. */
    public enum Code {
        /** The document cannot be read as JSON or YAML at all. */
        SYNTAX,
        /** A field that does not exist. */
        UNKNOWN_FIELD,
        /** The same field twice in one object. */
        DUPLICATE_FIELD,
        /** A value of the wrong type. */
        WRONG_TYPE,
        /** A field that must be there is not. */
        MISSING_FIELD,
        /** A word that is none of the words allowed. */
        UNKNOWN_VALUE,
        /** A number outside its range, NaN and infinities included. */
        OUT_OF_RANGE,
        /** A document of a version that this engine does not read. */
        UNSUPPORTED_VERSION,
        /** An id that is not {@code [A-Za-z0-9][A-Za-z0-9_-]*}, or is reserved. */
        BAD_ID,
        /** Two tracks or buses of one id. */
        DUPLICATE_ID,
        /** A bus that does not exist. */
        UNKNOWN_BUS,
        /** A key that is neither a track nor a bus. */
        UNKNOWN_KEY,
        /** An effect that is not in the catalogue. */
        UNKNOWN_EFFECT,
        /** A bus preset, FX preset or loudness preset that does not exist. */
        UNKNOWN_PRESET,
        /** An FX chain that is not in fx_chains. */
        UNKNOWN_CHAIN,
        /** More than one of fx, fx_preset and fx_chain_id for one strip. */
        CONFLICTING_FX,
        /** One role claimed by two buses of the document, or twice by one. */
        CONFLICTING_ROLE,
        /** The limiter's and the loudness target's ceilings differ. */
        CONFLICTING_CEILING,
        /** A loudness target both by preset and in figures, or by neither. */
        CONFLICTING_TARGET,
        /** {@code mode: limit} without a limiter. */
        LIMIT_WITHOUT_LIMITER,
        /** {@code max_reduction_db} without {@code mode: limit}. */
        REDUCTION_WITHOUT_LIMIT,
        /** A track or a send straight to the master. */
        DIRECT_TO_MASTER,
        /** Outputs, sends and keys that lead back to where they came from. */
        CYCLE,
        /** Points of a curve that are not in rising order of time. */
        UNORDERED_POINTS,
        /** Fades that are longer than their clip. */
        FADE_TOO_LONG,
        /** A curve for a parameter that cannot move while the effect runs. */
        NOT_AUTOMATABLE,
        /** A key for an effect that listens to nothing. */
        KEY_WITHOUT_DETECTOR,
        /** Settings of a strip that do not go together. */
        CONFLICTING_PAN,
        /** A container, encoding, dither or bit rate that does not go with the others. */
        UNSUPPORTED_FORMAT,
        /** Settings of the stems that do not go together. */
        CONFLICTING_STEMS,
        /** Settings of a deliverable that do not go together. */
        CONFLICTING_DELIVERABLE,
        /** A tag that is not what it has to be. */
        BAD_TAG,
        /** A tail without end. */
        UNBOUNDED_TAIL,
        /** A source that cannot be found or read. */
        UNREADABLE_SOURCE,
        /** A source that the document may not reach. */
        SOURCE_OUTSIDE,
        /** A source of more than two channels and no downmix. */
        TOO_MANY_CHANNELS,
        /** A clip that begins after its source has ended, or plays nothing. */
        EMPTY_CLIP,
        /** No track with anything to play. */
        EMPTY_SESSION
    }

    @Override
    public String toString() {
        return code + " " + (pointer.isEmpty() ? "/" : pointer) + ": " + message;
    }
}
