namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>Runs an action when a run reaches a phase, within the run.</summary>
internal sealed class OnPhase(MigrationPhase phase, Action act) : IProgress<MigrationProgress>
{
    private bool _done;

    public void Report(MigrationProgress value)
    {
        if (value.Phase == phase && !_done)
        {
            _done = true;
            act();
        }
    }
}
