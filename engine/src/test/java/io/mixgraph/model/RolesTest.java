package io.mixgraph.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesTest {
    @ParameterizedTest
    @CsvSource({
        "Lead Vocal, lead_vocal",
        "lead-vocal, lead_vocal",
        "'  KICK  ', kick",
        "hi - hat, hi_hat",
        "_a__b_, a_b",
        "*, *",
        "808, 808"
    })
    void rolesAreComparedNormalised(String written, String normalised) {
        assertThat(Roles.normalise(written)).isEqualTo(normalised);
    }
}
