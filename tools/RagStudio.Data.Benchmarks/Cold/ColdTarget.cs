namespace RagStudio.Data.Benchmarks;

/// <summary>How the time of one program is to be to that of another one, both less the time of an empty program.</summary>
internal sealed record ColdTarget(string Ours, string Peer, double Most);
