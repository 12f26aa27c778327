namespace RagStudio.Data.Benchmarks;

/// <summary>The measurements of a program.</summary>
/// <param name="Name">The program.</param>
/// <param name="Milliseconds">The median of its runs, for the whole process.</param>
/// <param name="LessEmpty">The same minus that of an empty program.</param>
/// <param name="ProcessorMilliseconds">
/// The median of the processor time of all its threads, which is less affected by other work of the machine.
/// </param>
/// <param name="ProcessorLessEmpty">The same minus that of an empty program.</param>
/// <param name="PeakMegabytes">The peak memory of its process.</param>
internal sealed record ColdProgram(
    string Name,
    double Milliseconds,
    double LessEmpty,
    double? ProcessorMilliseconds,
    double? ProcessorLessEmpty,
    double PeakMegabytes
);
