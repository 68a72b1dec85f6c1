package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * The transform that turns the linear convolution of two blocks of n real numbers into n complex products, without
 * padding: a block as a polynomial in t is taken modulo t^n − j, so that what spills over the end of the product comes
 * back multiplied by j, as its imaginary part. (R. Crandall and B. Fagin, "Discrete weighted transforms and
 * large-integer arithmetic", Mathematics of Computation 62(205), 1994, on right-angle convolution.) The values of a
 * product of polynomials are the products of their values; here they are taken at the n roots of j.
 *
 * <p>The way there is the fast Fourier transform told as a tree of remainders: modulo t^2m − a², the halves u + v·t^m
 * leave u + a·v modulo t^m − a and u − a·v modulo t^m + a. The twiddle factor a is one number for the whole length m.
 * So the block is laid out as rows, and a step is a loop over two whole rows; halfway the rows are turned into columns,
 * and each step is a loop over two whole columns with a factor per row. All loops are over arrays from index 0. Angles
 * are dyadic fractions of a turn, exact before {@link StrictMath} sees them.
 *
 * <p>The order in which the roots come is the tree's, the same for every transform of one size. It keeps scratch and is
 * used by one thread at a time; allocates nothing while running.
 */
public final class RightAngleTransform {
    private final int size;
    /** Rows are as long as there are columns, and the other way round. */
    private final int rows;

    private final int columns;
    private final double[][] rowRe;
    private final double[][] rowIm;
    private final double[][] columnRe;
    private final double[][] columnIm;
    /** The factor of node k among the 2^l of level l at index 2^l + k. */
    private final double[] rowFactorRe;

    private final double[] rowFactorIm;
    /** The same for the trees below each row: node, then row. */
    private final double[][] columnFactorRe;

    private final double[][] columnFactorIm;

    /** @param size n, a power of two of 4 or more */
    public RightAngleTransform(int size) {
        if (size < 4 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a transform of " + size);
        }
        this.size = size;
        this.rows = 1 << (Integer.numberOfTrailingZeros(size) / 2);
        this.columns = size / rows;
        this.rowRe = new double[rows][columns];
        this.rowIm = new double[rows][columns];
        this.columnRe = new double[columns][rows];
        this.columnIm = new double[columns][rows];
        this.rowFactorRe = new double[rows];
        this.rowFactorIm = new double[rows];
        this.columnFactorRe = new double[columns][rows];
        this.columnFactorIm = new double[columns][rows];

        // The modulus of node k is t^m − e^(2πj·turn[k]); j is a quarter of a turn.
        double[] turn = new double[2 * rows];
        turn[1] = 0.25;
        for (int node = 1; node < rows; node++) {
            double root = turn[node] / 2;
            rowFactorRe[node] = StrictMath.cos(2.0 * StrictMath.PI * root);
            rowFactorIm[node] = StrictMath.sin(2.0 * StrictMath.PI * root);
            turn[2 * node] = root;
            turn[2 * node + 1] = root + 0.5;
        }
        double[] below = new double[2 * columns];
        for (int r = 0; r < rows; r++) {
            below[1] = turn[rows + r];
            for (int node = 1; node < columns; node++) {
                double root = below[node] / 2;
                columnFactorRe[node][r] = StrictMath.cos(2.0 * StrictMath.PI * root);
                columnFactorIm[node][r] = StrictMath.sin(2.0 * StrictMath.PI * root);
                below[2 * node] = root;
                below[2 * node + 1] = root + 0.5;
            }
        }
    }

    /** n. */
    public int size() {
        return size;
    }

    /**
     * The values of a block at the roots.
     *
     * @param x holds the block
     * @param from where in it the block's {@link #size()} numbers begin
     * @param re the values' real parts, {@link #size()} long, overwritten
     * @param im their imaginary parts
     */
    public void forward(double[] x, int from, double[] re, double[] im) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(x, from + r * columns, rowRe[r], 0, columns);
            Arrays.fill(rowIm[r], 0.0);
        }
        for (int half = rows / 2, first = 1; half >= 1; half /= 2, first *= 2) {
            for (int k = 0; k < first; k++) {
                double a = rowFactorRe[first + k];
                double b = rowFactorIm[first + k];
                for (int r = 2 * half * k; r < 2 * half * k + half; r++) {
                    split(rowRe[r], rowIm[r], rowRe[r + half], rowIm[r + half], a, b, columns);
                }
            }
        }
        turn(rowRe, columnRe);
        turn(rowIm, columnIm);
        for (int half = columns / 2, first = 1; half >= 1; half /= 2, first *= 2) {
            for (int k = 0; k < first; k++) {
                double[] a = columnFactorRe[first + k];
                double[] b = columnFactorIm[first + k];
                for (int c = 2 * half * k; c < 2 * half * k + half; c++) {
                    split(columnRe[c], columnIm[c], columnRe[c + half], columnIm[c + half], a, b, rows);
                }
            }
        }
        for (int c = 0; c < columns; c++) {
            System.arraycopy(columnRe[c], 0, re, c * rows, rows);
            System.arraycopy(columnIm[c], 0, im, c * rows, rows);
        }
    }

    /**
     * Back from the values of a product to the product, {@link #size()} times as large.
     *
     * @param re the values' real parts; overwritten by the product's first n numbers
     * @param im their imaginary parts; overwritten by the n numbers after those, of which the last is 0
     */
    public void inverse(double[] re, double[] im) {
        for (int c = 0; c < columns; c++) {
            System.arraycopy(re, c * rows, columnRe[c], 0, rows);
            System.arraycopy(im, c * rows, columnIm[c], 0, rows);
        }
        for (int half = 1, first = columns / 2; first >= 1; half *= 2, first /= 2) {
            for (int k = 0; k < first; k++) {
                double[] a = columnFactorRe[first + k];
                double[] b = columnFactorIm[first + k];
                for (int c = 2 * half * k; c < 2 * half * k + half; c++) {
                    join(columnRe[c], columnIm[c], columnRe[c + half], columnIm[c + half], a, b, rows);
                }
            }
        }
        turn(columnRe, rowRe);
        turn(columnIm, rowIm);
        for (int half = 1, first = rows / 2; first >= 1; half *= 2, first /= 2) {
            for (int k = 0; k < first; k++) {
                double a = rowFactorRe[first + k];
                double b = rowFactorIm[first + k];
                for (int r = 2 * half * k; r < 2 * half * k + half; r++) {
                    join(rowRe[r], rowIm[r], rowRe[r + half], rowIm[r + half], a, b, columns);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            System.arraycopy(rowRe[r], 0, re, r * columns, columns);
            System.arraycopy(rowIm[r], 0, im, r * columns, columns);
        }
    }

    private static void turn(double[][] from, double[][] to) {
        int length = to.length;
        for (int r = 0; r < from.length; r++) {
            double[] row = from[r];
            for (int c = 0; c < length; c++) {
                to[c][r] = row[c];
            }
        }
    }

    /** (u, v) becomes (u + a·v, u − a·v). */
    private static void split(double[] ur, double[] ui, double[] vr, double[] vi, double ar, double ai, int n) {
        for (int i = 0; i < n; i++) {
            double p = ur[i];
            double q = ui[i];
            double re = vr[i] * ar - vi[i] * ai;
            double im = vr[i] * ai + vi[i] * ar;
            ur[i] = p + re;
            ui[i] = q + im;
            vr[i] = p - re;
            vi[i] = q - im;
        }
    }

    private static void split(double[] ur, double[] ui, double[] vr, double[] vi, double[] ar, double[] ai, int n) {
        for (int i = 0; i < n; i++) {
            double p = ur[i];
            double q = ui[i];
            double re = vr[i] * ar[i] - vi[i] * ai[i];
            double im = vr[i] * ai[i] + vi[i] * ar[i];
            ur[i] = p + re;
            ui[i] = q + im;
            vr[i] = p - re;
            vi[i] = q - im;
        }
    }

    /** (p, q) becomes (p + q, (p − q)/a), where 1/a is a's conjugate: twice what was split. */
    private static void join(double[] ur, double[] ui, double[] vr, double[] vi, double ar, double ai, int n) {
        for (int i = 0; i < n; i++) {
            double p = ur[i];
            double q = ui[i];
            double r = vr[i];
            double s = vi[i];
            double re = p - r;
            double im = q - s;
            ur[i] = p + r;
            ui[i] = q + s;
            vr[i] = re * ar + im * ai;
            vi[i] = im * ar - re * ai;
        }
    }

    private static void join(double[] ur, double[] ui, double[] vr, double[] vi, double[] ar, double[] ai, int n) {
        for (int i = 0; i < n; i++) {
            double p = ur[i];
            double q = ui[i];
            double r = vr[i];
            double s = vi[i];
            double re = p - r;
            double im = q - s;
            ur[i] = p + r;
            ui[i] = q + s;
            vr[i] = re * ar[i] + im * ai[i];
            vi[i] = im * ar[i] - re * ai[i];
        }
    }
}
