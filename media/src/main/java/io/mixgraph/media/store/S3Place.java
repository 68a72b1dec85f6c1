package io.mixgraph.media.store;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of a service that speaks S3, as {@link ObjectStore#at} describes it.
 *
 * @param prefix what all keys begin with: empty, or with a slash at its end
 * @param region null for the one of the SDK's own chain
 * @param endpoint null for Amazon's
 * @param pathStyle whether the bucket stands in the path, not in the name of the host
 */
record S3Place(
        String bucket,
        String prefix,
        @Nullable String region,
        @Nullable URI endpoint,
        boolean pathStyle) {
    static final String SCHEME = "s3://";
    static final String FORM =
            "s3://BUCKET/PREFIX?region=eu-central-1&endpoint=http://host:9000&path_style=true, all but BUCKET optional";

    private static final List<String> PARAMETERS = List.of("region", "endpoint", "path_style");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]+");

    static S3Place parse(String place) throws IOException {
        if (place.contains("@")) {
            // Not repeated, as it may be a password.
            throw new IOException(
                    "a place holds no credentials; the SDK finds them in the environment or in a profile (" + FORM
                            + ")");
        }
        int question = place.indexOf('?');
        String path = place.substring(SCHEME.length(), question < 0 ? place.length() : question);
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IOException("'" + bucket + "' is no name of a bucket (" + FORM + ")");
        }
        String prefix = slash < 0 ? "" : path.substring(slash).replaceAll("^/+|/+$", "");
        Map<String, String> parameters = parameters(question < 0 ? "" : place.substring(question + 1));
        @Nullable String region = parameters.get("region");
        if (region != null && !REGION.matcher(region).matches()) {
            throw new IOException("region=" + region + " is no name of a region (" + FORM + ")");
        }
        @Nullable String endpoint = parameters.get("endpoint");
        return new S3Place(
                bucket,
                prefix.isEmpty() ? "" : prefix + "/",
                region,
                endpoint == null ? null : endpoint(endpoint),
                pathStyle(parameters.getOrDefault("path_style", "false")));
    }

    private static Map<String, String> parameters(String query) throws IOException {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!PARAMETERS.contains(name)) {
                throw new IOException("'" + name + "' is no parameter of a place; known are "
                        + String.join(", ", PARAMETERS) + " (" + FORM + ")");
            }
            if (parameters.put(name, decoded(equals < 0 ? "" : parameter.substring(equals + 1))) != null) {
                throw new IOException("the place says " + name + " twice; say it once");
            }
        }
        return parameters;
    }

    private static String decoded(String text) throws IOException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + text + "' has a % that is no escape; write %25 for the sign itself", e);
        }
    }

    private static URI endpoint(String text) throws IOException {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // As any other text that is no address.
        }
        throw new IOException("endpoint=" + text + " is no address such as http://host:9000 (" + FORM + ")");
    }

    private static boolean pathStyle(String text) throws IOException {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IOException("path_style=" + text + " is neither true nor false (" + FORM + ")");
        }
        return text.equals("true");
    }

    /** The place for people: the bucket and prefix, and where the service is when it is not Amazon's. */
    @Override
    public String toString() {
        return SCHEME + bucket + "/" + prefix + (endpoint == null ? "" : " at " + endpoint);
    }
}
