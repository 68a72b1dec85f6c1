package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandSpectrumTest {
    private static final int RATE = 48_000;

    private static List<Double> powers(AudioBlock signal, int frames, int block) {
        BandSpectrum spectrum = new BandSpectrum(RATE, signal.channels());
        AudioBlock part = new AudioBlock(signal.channels(), block);
        for (int at = 0; at < frames; at += block) {
            int run = Math.min(block, frames - at);
            for (int c = 0; c < signal.channels(); c++) {
                System.arraycopy(signal.channel(c), at, part.channel(c), 0, run);
            }
            spectrum.process(part, run);
        }
        return spectrum.powers();
    }

    @ParameterizedTest
    @ValueSource(doubles = {125, 1000, 8000, 16_000})
    // That it begins and ends leaves something in all bands.
    void aSineReadsHalfItsSquareInItsBandAndNothingElsewhere(double hz) {
        int frames = 4 * RATE;
        AudioBlock sine = new AudioBlock(1, frames);
        double meanSquare = 0;
        for (int i = 0; i < frames; i++) {
            // It fades in and out: a sine that is cut off is not only a sine.
            double fade = StrictMath.sin(StrictMath.PI / 2 * Math.min(1.0, Math.min(i, frames - i) / 9_600.0));
            sine.channel(0)[i] = 0.5 * fade * fade * StrictMath.sin(2 * StrictMath.PI * hz * i / RATE);
            meanSquare += sine.channel(0)[i] * sine.channel(0)[i] / frames;
        }
        List<Double> powers = powers(sine, frames, 1000);
        List<Double> centres = new BandSpectrum(RATE, 1).centresHz();
        int band = (int) StrictMath.round(3 * StrictMath.log(hz / 1000) / StrictMath.log(2)) + 17;
        assertThat(centres.get(band)).isCloseTo(hz, within(0.01 * hz));
        assertThat(Decibels.fromPower(powers.get(band))).isCloseTo(Decibels.fromPower(meanSquare), within(0.1));
        for (int i = 0; i < powers.size(); i++) {
            if (Math.abs(i - band) > 2) {
                assertThat(Decibels.fromPower(powers.get(i))).as("band %d", i).isLessThan(-40);
            }
        }
    }

    /** White noise of variance σ² has σ²·2·width/rate in a band, and the channels add up. */
    @Test
    void whiteNoiseReadsByTheWidthOfTheBand() {
        int frames = 20 * RATE;
        SplittableRandom random = new SplittableRandom(1);
        AudioBlock noise = new AudioBlock(2, frames);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < frames; i++) {
                noise.channel(c)[i] = random.nextDouble() * 2 - 1;
            }
        }
        List<Double> powers = powers(noise, frames, 777);
        List<Double> centres = new BandSpectrum(RATE, 2).centresHz();
        for (int i = 10; i < powers.size(); i++) {
            double width = centres.get(i) * (StrictMath.pow(2, 1.0 / 6) - StrictMath.pow(2, -1.0 / 6));
            assertThat(Decibels.fromPower(powers.get(i)))
                    .isCloseTo(Decibels.fromPower(2.0 / 3 * 2 * width / RATE), within(0.4));
        }
    }

    /** Two Hann windows that overlap by half weigh a frame's power by 0.5 to 1, by 0.75 on average. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3_000, 7_000, 7_192, 9_000, 11_000, 11_287, 12_000})
    void aBurstCountsAsMuchAtTheEndAsAnywhere(int at) {
        SplittableRandom random = new SplittableRandom(2);
        for (int frames : new int[] {at + 1_000, at + 3_000}) {
            AudioBlock burst = new AudioBlock(1, frames);
            double energy = 0;
            for (int i = at; i < at + 1_000; i++) {
                // A tone amid the bands, so that all of it is in them.
                burst.channel(0)[i] = StrictMath.sin(i) * (0.5 + random.nextDouble());
                energy += burst.channel(0)[i] * burst.channel(0)[i];
            }
            double read = powers(burst, frames, 512).stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            assertThat(Decibels.fromPower(read / (energy / frames))).isBetween(-2.1, 1.3);
        }
    }

    @Test
    void blocksDoNotMatterAndSilenceHasNoPower() {
        AudioBlock noise = new AudioBlock(1, 10_000);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 10_000; i++) {
            noise.channel(0)[i] = random.nextDouble();
        }
        assertThat(powers(noise, 10_000, 17)).isEqualTo(powers(noise, 10_000, 4096));
        assertThat(powers(new AudioBlock(2, 1), 1, 1)).containsOnly(0.0);
        assertThat(powers(new AudioBlock(2, 1), 0, 1)).containsOnly(0.0);
    }
}
