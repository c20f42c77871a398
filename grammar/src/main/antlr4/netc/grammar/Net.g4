/** The .net language; docs/language.md explains it. Statements begin with an identifier or a
 * statement keyword and neither can continue an expression: that is why newlines are free. */
grammar Net;

file        : packageDecl? importDecl* (topDecl ';'?)* EOF ;
packageDecl : 'package' qname ';'? ;
importDecl  : 'import' (STRING | qname) ('as' ID)? ';'? ;
qname       : id ('.' name)* ;

topDecl     : constDecl | dimDecl | fnDecl | layerDecl | netDecl ;
constDecl   : 'const' id '=' expr ;
dimDecl     : 'dim' dimItem (',' dimItem)* ;
dimItem     : id sup* '=' expr ;
fnDecl      : 'fn' ID paramList resultSig? ( '=' expr ('deriv' expr)? | block ) ;
layerDecl   : 'layer' ID paramList paramList? resultSig block ;
netDecl     : 'net' ID block ;

paramList   : '(' (param (',' param)*)? ')' ;
param       : id shape? (':' type)? ('=' expr)? ;
resultSig   : '->' result (',' result)* ;
result      : id shape? (':' type)? ;
shape       : '[' expr (',' expr)* ']' ;
type        : 'index' '(' expr ')' | 'real' | 'int' | 'bool' | 'dim' | 'fn' | 'layer' ;

block       : '{' (stmt ';'?)* '}' ;
stmt        : kind=('input'|'target') param (',' param)*                     # dataStmt
            | kind=('param'|'state'|'sample') varItem (',' varItem)* '~' expr  # varStmt
            | 'output' lhs ('=' expr)? ('given' id (',' id)*)?       # outputStmt
            | kind=('loss'|'metric'|'penalty') id '=' expr        # objStmt
            | kind=('update'|'fit') lhs '=' expr                 # updateStmt
            | 'let' id sup* '=' expr                              # letStmt
            | constDecl                                           # constStmt
            | dimDecl                                             # dimStmt
            | 'for' ID 'in' range block                           # forStmt
            | 'scan' id 'in' range block                          # scanStmt
            | 'assert' expr (',' STRING)?                         # assertStmt
            | kind=('train'|'data') '{' (name '=' expr ';'?)* '}'       # settingsStmt
            | lhs (',' lhs)* '=' expr                             # defStmt
            ;

varItem     : id sup* shape? ;
lhs         : id sup* ('[' lhsIndex (',' lhsIndex)* ']')? (':' shape)? ;
lhsIndex    : binder | '(' binder (',' binder)+ ')' ;
binder      : 'batch' | id ('in' range)? ;
binders     : binder (',' binder)* ('if' expr)? ;
range       : expr (op=('..'|'..=') expr)? ;
sup         : '@' (INT | id | '(' expr ')') ;

expr        : primary                                             # primaryExpr
            | <assoc=right> expr '^' expr                         # powExpr
            | '-' expr                                            # negExpr
            | expr op=('*'|'/') expr                              # mulExpr
            | red '[' binders ']' expr                            # reduceExpr
            | expr op=('+'|'-') expr                              # addExpr
            | expr op=('=='|'!='|'<'|'<='|'>'|'>=') expr          # cmpExpr
            | 'not' expr                                          # notExpr
            | expr 'and' expr                                     # andExpr
            | expr 'or' expr                                      # orExpr
            | expr '|>' ref                                       # pipeExpr
            | 'if' expr 'then' expr 'else' expr                   # ifExpr
            ;
primary     : (INT | FLOAT | STRING | 'true' | 'false' | 'inf' | 'pi' | 'training')  # literal
            | red '(' args ')' trailer*                           # reduceCall
            | 'real' '(' expr ')'                                 # realCall
            | ref                                                 # reference
            | '(' expr ')' trailer*                               # group
            | '[' expr (',' expr)* ']' trailer*                   # stack
            ;
red         : 'sum'|'prod'|'mean'|'max'|'min'|'argmax'|'argmin'|'any'|'all'|'count'|'Σ'|'Π'|'∑'|'∏' ;
ref         : qname sup* trailer* ;
trailer     : '[' index (',' index)* ('else' expr)? ']'           # access
            | '(' args? ')'                                       # call
            ;
index       : '(' expr (',' expr)+ ')' | expr ('in' range)? ;
args        : arg (',' arg)* ;
arg         : (name '=')? range ;

id          : ID | 'index' | 'data' | 'fit' | 'given' | 'state' | 'sample' | 'input' | 'target' | 'output'
            | 'loss' | 'metric' | 'penalty' | 'update' | 'train' | 'scan' | 'int' | 'bool' ;
name        : id | red | 'batch' | 'param' | 'const' | 'layer' | 'net' | 'fn' | 'dim' | 'let' | 'real' ;

INT         : [0-9]+ ;
FLOAT       : [0-9]* '.' [0-9]+ EXP? | [0-9]+ EXP ;
fragment EXP: [eE] [+-]? [0-9]+ ;
STRING      : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
ID          : [\p{L}_] [\p{L}\p{M}\p{Nd}\u2080-\u2089_']* ;
DOC         : '///' (~[/\r\n] ~[\r\n]*)? -> channel(2) ;
LINE        : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLOCK       : '/*' .*? '*/' -> channel(HIDDEN) ;
WS          : [ \t\r\n\uFEFF]+ -> channel(HIDDEN) ;

// What is wrong already as a word becomes a token of its own, so that messages can name it.
OPEN_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
OPEN_COMMENT: '/*' ;
BAD         : . ;
