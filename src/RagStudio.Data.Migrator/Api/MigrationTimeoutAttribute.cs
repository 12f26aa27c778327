namespace RagStudio.Data.Migrator;

/// <summary>Sets the time limit of one migration, instead of <see cref="MigrationOptions.MigrationTimeout"/>.</summary>
/// <param name="seconds">The time limit in seconds; more than 0.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MigrationTimeoutAttribute(double seconds) : Attribute
{
    /// <summary>The time limit in seconds.</summary>
    public double Seconds { get; } =
        seconds > 0 ? seconds : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "More than 0.");
}
