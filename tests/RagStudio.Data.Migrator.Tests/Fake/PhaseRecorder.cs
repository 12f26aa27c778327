namespace RagStudio.Data.Migrator.Tests;

/// <summary>Records the phases that a run reports, without consecutive repetitions.</summary>
internal sealed class PhaseRecorder : IProgress<MigrationProgress>
{
    private readonly List<MigrationPhase> _phases = [];

    public IReadOnlyList<MigrationPhase> Phases => _phases;

    public void Report(MigrationProgress value)
    {
        if (_phases.Count == 0 || _phases[^1] != value.Phase)
        {
            _phases.Add(value.Phase);
        }
    }
}
