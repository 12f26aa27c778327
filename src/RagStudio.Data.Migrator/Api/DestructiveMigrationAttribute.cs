namespace RagStudio.Data.Migrator;

/// <summary>
/// Declares that a migration intentionally destroys tables, columns or rows, and why. It then needs no other consent.
/// </summary>
/// <param name="reason">The reason, shown in the plan.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DestructiveMigrationAttribute(string reason) : Attribute
{
    /// <summary>The reason, shown in the plan.</summary>
    public string Reason { get; } =
        string.IsNullOrWhiteSpace(reason)
            ? throw new ArgumentException("A reason is required.", nameof(reason))
            : reason;
}
