namespace RagStudio.Data.Migrator.Tests;

/// <summary>Records everything that an observer of the migrations, or a registered progress, receives.</summary>
internal sealed class ObservedProgress : IObserver<MigrationProgress>, IProgress<MigrationProgress>
{
    public List<MigrationProgress> Values { get; } = [];

    /// <summary>"completed", or the exception.</summary>
    public List<object> Ends { get; } = [];

    public void OnNext(MigrationProgress value) => Values.Add(value);

    public void OnCompleted() => Ends.Add("completed");

    public void OnError(Exception error) => Ends.Add(error);

    public void Report(MigrationProgress value) => Values.Add(value);
}
