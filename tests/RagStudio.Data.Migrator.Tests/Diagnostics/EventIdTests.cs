using System.Reflection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Tests.Diagnostics;

public sealed class EventIdTests
{
    private static readonly Dictionary<string, int> Ids = typeof(MigratorEventIds)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

    [Test]
    public void Every_id_is_unique_and_in_the_block_of_a_phase_or_in_the_last_one()
    {
        var last = 1000 + 100 * Enum.GetValues<MigrationPhase>().Length;

        Assert.That(Ids.Values, Is.Unique);
        Assert.That(Ids.Values, Is.All.InRange(1000, last + 99));
    }

    [Test]
    public void Every_message_has_an_id_of_its_own_that_is_documented()
    {
        var used = Messages().Select(message => message.EventId).ToArray();

        Assert.That(used, Is.Unique);
        Assert.That(used, Is.EquivalentTo(Ids.Values));
    }

    [Test]
    public void No_message_has_a_placeholder_for_a_connection_string_or_for_SQL()
    {
        foreach (var message in Messages())
        {
            Assert.That(message.Message, Does.Not.Contain("{Connection").And.Not.Contain("{Sql").IgnoreCase);
        }
    }

    private static IEnumerable<LoggerMessageAttribute> Messages() =>
        typeof(Log)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!);
}
