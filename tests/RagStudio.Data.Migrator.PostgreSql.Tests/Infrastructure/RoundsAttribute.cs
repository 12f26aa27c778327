namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Repeats a test, with what sets it up, as often as <see cref="Rounds"/> says.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RoundsAttribute(int few, int full) : RepeatAttribute(Rounds.Of(few, full));
