namespace RagStudio.Data.Migrator;

/// <summary>States that a migration destroys tables, columns or rows, and why that is right: it then needs no other consent.</summary>
/// <param name="reason">Why, for those who read the plan.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DestructiveMigrationAttribute(string reason) : Attribute
{
    /// <summary>Why, for those who read the plan.</summary>
    public string Reason { get; } =
        string.IsNullOrWhiteSpace(reason) ? throw new ArgumentException("Say why.", nameof(reason)) : reason;
}
