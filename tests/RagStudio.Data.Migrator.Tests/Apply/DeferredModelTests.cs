using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Tests.Apply;

public sealed class DeferredModelTests
{
    private static readonly MethodInfo[] Members =
    [
        .. typeof(IModel)
            .GetInterfaces()
            .Append(typeof(IModel))
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public))
            .Where(method => method.IsAbstract),
    ];

    [Test]
    public void Nothing_is_built_until_something_is_asked()
    {
        var built = 0;
        var model = DeferredModel.Create(() =>
        {
            built++;
            return Asked.Create();
        });
        Assert.That(built, Is.Zero);

        _ = model.FindEntityType("order");
        _ = model.GetEntityTypes();

        Assert.That(built, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Members))]
    public void Whatever_is_asked_the_model_that_was_built_answers(MethodInfo member)
    {
        var built = Asked.Create();
        var asked = member.IsGenericMethodDefinition
            ? member.MakeGenericMethod(typeof(string), typeof(string))
            : member;

        asked.Invoke(DeferredModel.Create(() => built), [.. asked.GetParameters().Select(ArgumentFor)]);

        Assert.That(((Asked)(object)built).Names, Is.EqualTo(new[] { member.Name }));
    }

    private static object? ArgumentFor(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "name"
        : parameter.ParameterType == typeof(Type) ? typeof(string)
        : null;

    /// <summary>A model that records the calls to it.</summary>
    public class Asked : DispatchProxy
    {
        public List<string> Names { get; } = [];

        public static IModel Create() => Create<IModel, Asked>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Names.Add(targetMethod!.Name);
            return targetMethod.ReturnType.IsValueType ? Activator.CreateInstance(targetMethod.ReturnType) : null;
        }
    }
}
