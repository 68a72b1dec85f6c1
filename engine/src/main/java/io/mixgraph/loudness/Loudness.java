package io.mixgraph.loudness;

/**
 * What a meter read from a whole signal. A level that is not defined is negative infinity: the levels of silence, the
 * loudness of a signal shorter than its measuring window (400 ms, for short-term 3 s) or with no block above the
 * absolute gate. Never NaN.
 *
 * @param integratedLufs programme loudness, both gates applied (ITU-R BS.1770-5, Annex 1)
 * @param loudnessRangeLu loudness range (EBU Tech 3342); 0 when no short-term value passes the gates
 * @param truePeakDbtp the highest true peak of all channels (ITU-R BS.1770-5, Annex 2)
 * @param samplePeakDbfs the highest sample magnitude of all channels
 * @param maxMomentaryLufs the loudest 400 ms, ungated (EBU Tech 3341)
 * @param maxShortTermLufs the loudest 3 s, ungated (EBU Tech 3341)
 * @param thresholdLufs the relative gate of the integrated loudness
 */
public record Loudness(
        double integratedLufs,
        double loudnessRangeLu,
        double truePeakDbtp,
        double samplePeakDbfs,
        double maxMomentaryLufs,
        double maxShortTermLufs,
        double thresholdLufs) {}
