package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.Decibels;
import io.mixgraph.bench.Job;
import io.mixgraph.dsp.PanLaw;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SideGainsTest {
    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.8, -0.2, 0, 0.4, 1})
    void othersPanAsMixgraphDoes(double pan) {
        double fader = Decibels.toGain(-3.5);
        SideGains mono = SideGains.of(new Job.Strip("a", 1, 0, -3.5, pan));
        assertThat(mono.left()).isCloseTo(fader * PanLaw.mono(-pan, -3), within(1e-12));
        assertThat(mono.right()).isCloseTo(fader * PanLaw.mono(pan, -3), within(1e-12));

        SideGains stereo = SideGains.of(new Job.Strip("a", 2, 0, -3.5, pan));
        assertThat(stereo.left()).isCloseTo(fader * PanLaw.balance(-pan), within(1e-12));
        assertThat(stereo.right()).isCloseTo(fader * PanLaw.balance(pan), within(1e-12));
    }
}
