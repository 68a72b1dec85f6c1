package io.mixgraph.testing;

/** A complex number, for formulas as textbooks write them. */
public record Complex(double re, double im) {
    /** 1. */
    public static final Complex ONE = new Complex(1, 0);

    /** The number of modulus 1 at an angle in radians. */
    public static Complex unit(double angle) {
        return new Complex(Math.cos(angle), Math.sin(angle));
    }

    /** The sum. */
    public Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    /** The sum with a real number. */
    public Complex plus(double real) {
        return new Complex(re + real, im);
    }

    /** The difference. */
    public Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    /** The product. */
    public Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    /** The product with a real number. */
    public Complex times(double real) {
        return new Complex(re * real, im * real);
    }

    /** The quotient. */
    public Complex over(Complex other) {
        double power = other.re * other.re + other.im * other.im;
        return times(new Complex(other.re / power, -other.im / power));
    }

    /** The modulus. */
    public double abs() {
        return Math.hypot(re, im);
    }

    /** The angle in radians. */
    public double angle() {
        return Math.atan2(im, re);
    }
}
