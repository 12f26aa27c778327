namespace RagStudio.Data.Migrator;

/// <summary>Gives a migration a time limit of its own instead of <see cref="MigrationOptions.MigrationTimeout"/>.</summary>
/// <param name="seconds">The longest that it may take, in seconds; more than 0.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MigrationTimeoutAttribute(double seconds) : Attribute
{
    /// <summary>The longest that it may take, in seconds.</summary>
    public double Seconds { get; } =
        seconds > 0 ? seconds : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "More than 0.");
}
