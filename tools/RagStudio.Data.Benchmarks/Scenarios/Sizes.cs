namespace RagStudio.Data.Benchmarks;

/// <summary>How much the scenarios work on.</summary>
internal static class Sizes
{
    public const int FewEvents = 100_000;
    public const int Events = 1_000_000;
    public const int ManyEvents = 5_000_000;
    public const int Chunks = 1_000_000;
    public const int FewMegabytes = 100;
    public const int ManyMegabytes = 1_000;
}
