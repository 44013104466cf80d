using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace PhucThuan.LocalHost;

/// <summary>Finds the functions of an assembly by their attributes, as the worker's generator does.</summary>
public sealed class FunctionAssembly(Assembly assembly)
{
    /// <summary>In the order in which the Functions host tries them: by name, whatever the case.</summary>
    public IEnumerable<TriggerMethod<TTrigger>> Find<TTrigger>()
        where TTrigger : Attribute =>
        from type in assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<TTrigger>()
        where trigger is not null
        orderby function.Name.ToUpperInvariant()
        select new TriggerMethod<TTrigger>(function.Name, method, trigger);
}

/// <summary>A trigger method with the attribute that tells when to call it.</summary>
public sealed record TriggerMethod<TTrigger>(string Name, MethodInfo Method, TTrigger Trigger);
