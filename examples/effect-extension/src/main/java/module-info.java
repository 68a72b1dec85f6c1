/** An effect in a module of its own: compiled against what the engine shows to all, and nothing else. */
module org.example.onepole {
    requires io.mixgraph.engine;
    requires static org.jspecify;

    // The engine makes and reads the records of parameters.
    exports org.example.onepole;

    provides io.mixgraph.fx.EffectProvider with
            org.example.onepole.OnePoleProvider;
}
