package io.mixgraph.preset;

public final class Roles {
    private Roles() {}

    public static final String ANY = "*";

    public static String normalise(String role) {
        return role;
    }
}
