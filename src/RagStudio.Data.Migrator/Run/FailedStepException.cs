using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A failed migration with its database, on its way to the undo that converts it to the caller's error.
/// </summary>
internal sealed class FailedStepException(string database, MigrationStepException step) : Exception(step.Message, step)
{
    public string Database { get; } = database;

    public MigrationStepException Step { get; } = step;
}
