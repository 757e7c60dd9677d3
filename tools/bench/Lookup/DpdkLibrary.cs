namespace LabEdge.Bench;

/// <summary>native/lookup.c, DPDK's look-up tables, when libdpdk-dev is installed.</summary>
public sealed class DpdkLibrary
{
    public delegate int Start();
    public delegate nint New(int entries, int other);
    public delegate nint New3(int entries, int groups, int vector);
    public delegate int Add(nint table, uint prefix, int bits, uint hop);
    public delegate int AddOctets(nint table, byte[] prefix, int bits, uint hop);
    public delegate int AddKey(nint table, byte[] key, ulong value);
    public delegate int Select(nint table, int vector);
    public delegate ulong Bulk(nint table, nint keys, long count, int burst, int hash);
    public delegate ulong BulkKeys(nint table, nint keys, int keyLength, long count, int burst, int hash);
    public delegate void Free(nint table);

    private static DpdkLibrary s_library;
    private static string s_absent;

    private DpdkLibrary(NativeCode code)
    {
        Code = code;
    }

    public NativeCode Code { get; }

    /// <param name="absent">Why there is none: "not installed", "no cc", or what failed.</param>
    /// <returns>Null when DPDK cannot run here.</returns>
    public static DpdkLibrary Load(out string absent)
    {
        if (s_library == null && s_absent == null) s_library = Make(out s_absent);
        absent = s_absent;
        return s_library;
    }

    private static DpdkLibrary Make(out string absent)
    {
        // -march of the package would take back -march=native.
        string flags = Machine.Output("pkg-config", "--cflags", "libdpdk");
        absent = "not installed";
        if (flags == null || !flags.Contains("-include", StringComparison.Ordinal)) return null;
        string[] arguments = [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(f => !f.StartsWith("-march", StringComparison.Ordinal)),
            "-Wno-unused-parameter", "-lrte_eal", "-lrte_lpm", "-lrte_fib", "-lrte_rib", "-lrte_hash"];
        NativeCode code = NativeCode.Build("lookup.c", "dpdk", arguments, out absent);
        if (code == null) return null;
        if (code.Function<Start>("dpdk_start")() < 0)
        {
            absent = "EAL does not start";
            return null;
        }
        return new DpdkLibrary(code);
    }
}
