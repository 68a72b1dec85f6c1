package org.example.onepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That it is found as a module too, and that the engine may make its records there. */
class ModulePathTest {
    @Test
    void theEngineFindsAndMakesIt() throws Exception {
        ModuleFinder finder = ModuleFinder.of(home(MixEngine.class), home(OnePole.class));
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolveAndBind(finder, ModuleFinder.of(), Set.of("io.mixgraph.engine"));
        ClassLoader loader = ModuleLayer.defineModulesWithOneLoader(
                        configuration, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader())
                .layer()
                .findLoader("io.mixgraph.engine");

        Object effect = loader.loadClass("io.mixgraph.fx.EffectCatalogue")
                .getMethod("create", String.class, Map.class)
                .invoke(null, "example_one_pole", Map.of("frequency_hz", 500));

        assertThat(effect.getClass().getModule().getName()).isEqualTo("org.example.onepole");
        assertThat(effect).hasToString(new OnePole(500).toString());
    }

    private static Path home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
