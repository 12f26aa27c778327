namespace RagStudio.Data.Benchmarks;

/// <summary>What was measured of a program.</summary>
/// <param name="Name">The program.</param>
/// <param name="Milliseconds">The median of its runs, the whole process.</param>
/// <param name="LessEmpty">The same less that of an empty program.</param>
/// <param name="ProcessorMilliseconds">The median of the time on the processor, of all its threads: other work of the machine disturbs it less.</param>
/// <param name="ProcessorLessEmpty">The same less that of an empty program.</param>
/// <param name="PeakMegabytes">The most memory of its process.</param>
internal sealed record ColdProgram(
    string Name,
    double Milliseconds,
    double LessEmpty,
    double? ProcessorMilliseconds,
    double? ProcessorLessEmpty,
    double PeakMegabytes
);
