"""The order in which relevance and calculations settle: what is read comes before what reads it."""

from collections.abc import Iterator, Mapping, Sequence, Set

from .template import Node


def settled_order(tasks: Sequence[Node], reads: Mapping[Node, Set[Node]]) -> list[tuple[list[Node], bool]]:
    """Groups of nodes in order; a group is circular where its members read one another (through a repeat)."""
    edges = {task: _edges(task, reads[task], set(tasks)) for task in tasks}
    found = []
    for group in _components(tasks, edges):
        group.sort(key=lambda node: node.order)
        found.append((group, len(group) > 1 or group[0] in edges[group[0]]))
    return found


def _edges(task: Node, reads: Set[Node], tasks: Set[Node]) -> list[Node]:
    """A read waits for the node and for the groups around it, whose relevance hides it."""
    before: set[Node] = set(task.ancestors())
    for read in reads:
        before.add(read)
        before.update(read.ancestors())
    own_groups = set(task.ancestors())
    return sorted(
        (node for node in before & tasks if node is not task or _reads_itself(task, reads, own_groups)),
        key=lambda node: node.order,
    )


def _reads_itself(task: Node, reads: Set[Node], groups: Set[Node]) -> bool:
    """Inside a repeat a calculation may read the one before it; elsewhere reading itself is once(), which settles."""
    return task in reads and any(group.is_repeat for group in groups)


def _components(tasks: Sequence[Node], edges: Mapping[Node, list[Node]]) -> Iterator[list[Node]]:
    """Tarjan's strongly connected components, dependencies first, without recursion."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    waiting: set[Node] = set()
    for start in tasks:
        if start in index:
            continue
        work = [(start, iter(edges[start]))]
        index[start] = low[start] = len(index)
        stack.append(start)
        waiting.add(start)
        while work:
            node, onward = work[-1]
            following = next(onward, None)
            if following is None:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    yield _popped(stack, waiting, node)
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                waiting.add(following)
                work.append((following, iter(edges[following])))
            elif following in waiting:
                low[node] = min(low[node], index[following])


def _popped(stack: list[Node], waiting: set[Node], until: Node) -> list[Node]:
    group = []
    while True:
        node = stack.pop()
        waiting.discard(node)
        group.append(node)
        if node is until:
            return group
