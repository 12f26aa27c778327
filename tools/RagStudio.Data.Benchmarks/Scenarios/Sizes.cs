namespace RagStudio.Data.Benchmarks;

/// <summary>The amount of data in the scenarios.</summary>
internal static class Sizes
{
    public const int FewEvents = 100_000;
    public const int ManyEvents = 5_000_000;
    public const int FewMegabytes = 100;
    public const int ManyMegabytes = 1_000;

    /// <summary>True if less data is enough. Set before any scenario is created.</summary>
    public static bool AreQuick { get; set; }

    public static int Events => AreQuick ? 200_000 : 1_000_000;

    public static int Chunks => AreQuick ? 200_000 : 1_000_000;
}
